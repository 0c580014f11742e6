import type { RequestStory } from '../timeline/query.js';
import type { Check } from './check.js';
import { endsOf, findLoss, lastEndMs } from './work.js';

/** Of two requests on one connection both are answered, or the client can tell that the second one was not. */
export const pipelined: Check = {
  id: 'pipelined',
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('pipelined')) return undefined;
    const isFirst = ({ id }: RequestStory) => id.endsWith('-first');
    const firsts = run.inFlightOf('pipelined-request').filter(isFirst);
    if (firsts.length === 0) {
      const isHttp1 = run.server.protocol === 'http' || run.server.protocol === 'https';
      return { status: 'skip', code: 'pipelined/none', args: { isHttp1 }, evidence: [] };
    }
    const loss = findLoss(run, firsts);
    if (loss !== undefined) return { status: 'fail', code: 'pipelined/first-lost', ...loss };

    const seconds = firsts.flatMap(({ connection }) =>
      run.timeline.requests.filter((one) => one.connection === connection && !isFirst(one)),
    );
    const unanswered = seconds.filter(({ end }) => end?.kind !== 'complete');
    const total = seconds.length;
    const evidence = endsOf(firsts);
    if (unanswered.length > 0) {
      const args = {
        total,
        lost: unanswered.length,
        announced: firsts.filter(({ connectionHeader }) => connectionHeader?.includes('close') === true)
          .length,
        begun: unanswered.filter(({ inFlightAtMs = Infinity }) => inFlightAtMs <= run.signalMs).length,
      };
      const ends = unanswered.flatMap(({ end }) => (end === undefined ? [] : [end.event]));
      return { status: 'warn', code: 'pipelined/second-lost', args, evidence: [...evidence, ...ends] };
    }
    const args = { total, lastMs: lastEndMs(run, firsts) };
    return { status: 'pass', code: 'pipelined/complete', args, evidence };
  },
};
