import { calleeName } from '../ast/callee-name.js';
import { createRule } from '../create-rule.js';
import { findIneffectiveCloses } from '../model/find-ineffective-closes.js';
import type { Creation } from '../frameworks/index.js';
import { isExit, isExitFunction } from '../model/is-exit.js';
import type { ServerLifecycle, ServerSite, Shutdown } from '../model/model.js';
import { STOP_SIGNALS } from '../model/stop-signals.js';
import { whereIs } from '../model/where-is.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export const requireServerClose = createRule<object, 'exits' | 'stays'>({
  name: 'require-server-close',
  description: 'Require the handler of a signal to close the server',
  recommended: 'error',
  messages: {
    exits:
      'The {{signals}} handler {{where}} exits without closing this server: every request in flight is dropped. Close the server first, and exit when it is closed: server.close(() => process.exit(0)).',
    stays:
      'The {{signals}} handler {{where}} never closes this server, and with a handler the signal no longer ends the process: it goes on accepting requests until the platform kills it with all that are in flight. Close the server: server.close().',
  },
  properties: {},
  defaults: {},
  *check({ lifecycle, sites }) {
    for (const site of sites) {
      const open = findUnclosing(lifecycle, site);
      const [first] = open;
      if (!first) continue;
      const isExiting = open.some(
        // A listener that is no function of the project is `process.exit` itself.
        ({ reach, handler }) =>
          handler.library?.use.exits === true || (reach ? reach.calls.some(exits) : !handler.library),
      );
      yield {
        node: calleeName(site.listen),
        messageId: isExiting ? 'exits' : 'stays',
        data: {
          signals: signalNames(open.flatMap(({ handler }) => handler.signals ?? [])),
          where: whereIs(first.handler.registration, site.listen),
        },
        related: [
          ...handlerPlaces(open.map(({ handler }) => handler)),
          ...open
            .flatMap(({ reach }) => reach?.calls.filter(exits) ?? [])
            .map((node) => ({
              node,
              message: 'the exit',
            })),
        ],
      };
    }
  },
});

/** `process.exit()`, `data.close(process.exit)` */
function exits(call: Creation): boolean {
  return isExit(call) || call.arguments.some(isExitFunction);
}

/** The handlers of those signals of which no handler closes the server; empty where anything cannot be told. */
function findUnclosing(lifecycle: ServerLifecycle, site: ServerSite): readonly Shutdown[] {
  const shutdowns = lifecycle.shutdownsOf(site);
  if (shutdowns.some(({ handler, closes }) => handler.signals === null || closes === 'unknown')) return [];
  // A close that throws is a finding of its own.
  if (shutdowns.some(({ reach }) => reach && findIneffectiveCloses(reach, site).length > 0)) return [];
  const unclosed = STOP_SIGNALS.filter((signal) => {
    const handling = shutdowns.filter(({ handler }) => handler.signals?.includes(signal));
    return handling.length > 0 && handling.every(({ closes }) => closes === 'no');
  });
  return shutdowns.filter(({ handler }) => unclosed.some((signal) => handler.signals?.includes(signal)));
}
