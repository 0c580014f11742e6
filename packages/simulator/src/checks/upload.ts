import type { Check } from './check.js';
import { endsOf, findLoss, lastEndMs } from './work.js';

/** A request of which half the body had come at the signal is read to its end, and answered. */
export const upload: Check = {
  id: 'upload',
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('upload')) return undefined;
    const requests = run.inFlightOf('upload');
    if (requests.length === 0) {
      const measured = run.timeline.requests.filter(
        ({ probe, purpose }) => probe === 'upload' && purpose === 'measured',
      );
      const statusCode = measured.find((request) => request.statusCode !== undefined)?.statusCode ?? null;
      const args = { isTried: measured.length > 0, statusCode };
      return { status: 'skip', code: 'upload/none', args, evidence: [] };
    }
    const loss = findLoss(run, requests);
    if (loss !== undefined) return { status: 'fail', code: 'upload/lost', ...loss };
    const args = { total: requests.length, lastMs: lastEndMs(run, requests) };
    return { status: 'pass', code: 'upload/complete', args, evidence: endsOf(requests) };
  },
};
