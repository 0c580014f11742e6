import { constants } from 'node:os';
import { afterSignal, type Check } from './check.js';

/** A signal that comes while it starts ends it as well. */
export const startUp: Check = {
  id: 'start-up',
  // Nothing can be in flight then; that it ends is all there is to be asked, and is a verdict.
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('start-up')) return undefined;
    const { timeline, stop, events } = run;
    const { exit, graceExpired } = timeline;
    const isListening = events.some(({ type, atMs }) => type === 'listening' && atMs <= run.signalMs);
    const { signal, killAfterMs: graceMs } = stop;
    if (exit === undefined || (graceExpired !== undefined && graceExpired.atMs <= exit.atMs)) {
      const evidence = graceExpired === undefined ? [] : [graceExpired.event];
      const isPid1 = run.container?.isPid1 === true && run.container.init === null;
      const args = { isListening, signal, graceMs, isPid1 };
      // Before its first line has run no program can handle anything: as process 1 nothing can be done about it there.
      const status = isPid1 && !isListening ? 'warn' : 'fail';
      return { status, code: 'start-up/stays', args, evidence };
    }
    const args = {
      isListening,
      exitMs: afterSignal(run, exit.atMs),
      exitCode: exit.exitCode,
      signal: exit.signal,
    };
    const evidence = [exit.event];
    const bySignal = exit.signal === signal || exit.exitCode === 128 + constants.signals[signal];
    if (bySignal || exit.exitCode === 0) return { status: 'pass', code: 'start-up/ended', args, evidence };
    return { status: 'warn', code: 'start-up/error', args, evidence };
  },
};
