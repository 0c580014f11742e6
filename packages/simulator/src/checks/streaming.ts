import type { Case, Check } from './check.js';
import { endsOf, findLoss, lastEndMs } from './work.js';

/** A response that had begun at the signal arrives to its end. */
export const streaming: Check = {
  id: 'streaming',
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('streaming')) return undefined;
    const requests = run.inFlightOf('streamed-response');
    if (requests.length === 0) {
      return { status: 'skip', code: 'streaming/none', args: { why: whyNone(run) }, evidence: [] };
    }
    const loss = findLoss(run, requests);
    if (loss !== undefined) return { status: 'fail', code: 'streaming/cut', ...loss };
    const args = { total: requests.length, lastMs: lastEndMs(run, requests) };
    return { status: 'pass', code: 'streaming/complete', args, evidence: endsOf(requests) };
  },
};

function whyNone({ timeline }: Case): 'no-path' | 'no-end' | 'at-once' {
  const requests = timeline.requests.filter(({ probe }) => probe === 'streamed-response');
  if (requests.length === 0) return 'no-path';
  const warmUps = requests.filter(({ purpose }) => purpose === 'warm-up');
  return warmUps.every(({ end }) => end?.kind === 'complete') ? 'at-once' : 'no-end';
}
