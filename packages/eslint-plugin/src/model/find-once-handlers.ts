import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { isCloseOf } from './find-closes.js';
import { findEarlyExits } from './find-exits.js';
import type { Reach, ServerLifecycle, ServerSite, Shutdown, SignalHandler } from './model.js';
import { stopSignalsIn } from './stop-signals.js';

/** A handler that is gone after the first signal, and the signals for which nobody else listens then. */
export interface OnceHandler {
  readonly shutdown: Shutdown;
  readonly signals: readonly string[];
}

/** The handlers that drain this server and are gone after the first signal, so that a second one kills the process. */
export function findOnceHandlers(lifecycle: ServerLifecycle, site: ServerSite): readonly OnceHandler[] {
  const shutdowns = lifecycle.shutdownsOf(site);
  if (shutdowns.some(({ handler }) => handler.signals === null)) return [];
  return shutdowns.flatMap((shutdown) => {
    const { handler, reach, closes } = shutdown;
    // What a library does on a second signal was its authors' choice.
    // A promise of a signal cannot listen for a second one.
    if (!handler.isOnce || handler.library || handler.listener === null || closes !== 'yes' || !reach)
      return [];
    // Where nothing is waited for, there is no time for a second signal.
    if (!drains(reach, site) || findEarlyExits(handler, reach, site).length > 0) return [];
    if (saysItIsMeant(handler)) return [];
    // Each may come twice: from a terminal, from npm, from whoever stops a container by hand.
    const signals = stopSignalsIn(handler.signals).filter((signal) =>
      shutdowns.every(({ handler: other }) => other.isOnce || other.signals?.includes(signal) !== true),
    );
    return signals.length > 0 ? [{ shutdown, signals }] : [];
  });
}

/** Whether a close waits for what is in flight: `forceShutdown()` does not. */
function drains({ members }: Reach, site: ServerSite): boolean {
  const closing = members.filter((member) => isCloseOf(member, site));
  return closing.length === 0 || !closing.every((member) => /^force/.test(propertyName(member) ?? ''));
}

const MEANT = /\bagain\b|\btwice\b|\bsecond (?:signal|time|ctrl|sig)|\bctrl.?c to force/i;

/** "Press Ctrl-C again to force": then the second signal does what its user was told. */
export function saysItIsMeant({ registration, functions }: SignalHandler): boolean {
  return [registration, ...(functions ?? [])].some((node) => MEANT.test(withCommentAbove(node)));
}

function withCommentAbove(node: Node): string {
  const { text } = moduleOf(node);
  const [start, end] = node.range;
  const above = text.slice(0, start).split('\n').slice(-3).join('\n');
  return above + text.slice(start, end);
}
