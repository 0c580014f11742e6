import { afterSignal, type Check } from './check.js';

/** What is gone within this time of the top process was ending with it. */
const momentMs = 1_000;

/** Ctrl-C ends the command and everything it has started. */
export const terminal: Check = {
  id: 'terminal',
  ask(run) {
    if (!run.scenarios.includes('terminal')) return undefined;
    const { exit, graceExpired, survivors } = run.timeline;
    const sent = run.events.find((event) => event.type === 'signal-sent');
    const reached = 1 + (sent?.others?.length ?? 0);
    if (exit === undefined || (graceExpired !== undefined && graceExpired.atMs <= exit.atMs)) {
      const killed = run.events.find((event) => event.type === 'killed');
      const args = { reached, processes: [...(killed?.processes ?? [])], graceMs: run.stop.killAfterMs };
      const evidence = graceExpired === undefined ? [] : [graceExpired.event];
      return { status: 'fail', code: 'terminal/stays', args, evidence };
    }
    const left = survivors.filter(({ goneAtMs = Infinity }) => goneAtMs - exit.atMs > momentMs);
    const exitMs = afterSignal(run, exit.atMs);
    const evidence = [exit.event];
    if (left.length > 0) {
      const processes = left.map(({ pid, command }) => ({ pid, command }));
      return { status: 'fail', code: 'terminal/left', args: { reached, processes, exitMs }, evidence };
    }
    return { status: 'pass', code: 'terminal/ended', args: { reached, exitMs }, evidence };
  },
};
