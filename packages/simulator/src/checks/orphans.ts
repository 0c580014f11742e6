import { afterSignal, type Check } from './check.js';

/** What is gone within this time of the top process was ending with it. */
const momentMs = 1_000;

/** With the top process everything of the target has ended. */
export const orphans: Check = {
  id: 'orphans',
  ask(run) {
    const { exit, graceExpired, survivors } = run.timeline;
    if (exit === undefined || (graceExpired !== undefined && graceExpired.atMs <= exit.atMs)) {
      return { status: 'skip', code: 'orphans/killed', args: {}, evidence: [] };
    }
    if (run.stop.leftovers === 'killed' || run.container?.isPid1 === true) {
      const args = { processes: survivors.map(({ pid, command }) => ({ pid, command })) };
      const killed = run.events.findIndex(({ type }) => type === 'survivors');
      return {
        status: 'pass',
        code: 'orphans/with-container',
        args,
        evidence: killed < 0 ? [exit.event] : [killed],
      };
    }
    const evidence = run.events.flatMap(({ type }, index) => (type === 'survivors' ? [index] : []));
    const left = survivors.filter(({ goneAtMs = Infinity }) => goneAtMs - exit.atMs > momentMs);
    if (run.stop.leftovers === 'killed-at-grace-end') {
      const stayed = survivors.filter(({ goneAtMs }) => goneAtMs === undefined);
      const processes = stayed.map(({ pid, command }) => ({ pid, command }));
      if (stayed.length > 0)
        return { status: 'fail', code: 'orphans/killed-at-end', args: { processes }, evidence };
    } else if (left.length > 0) {
      const args = {
        processes: left.map(({ pid, command }) => ({ pid, command })),
        exitedMs: afterSignal(run, exit.atMs),
        top: run.plan.command.join(' '),
        isServerLeft: run.server.pid === null || left.some(({ pid }) => pid === run.server.pid),
      };
      return { status: 'fail', code: 'orphans/left', args, evidence };
    }
    return { status: 'pass', code: 'orphans/none', args: {}, evidence };
  },
};
