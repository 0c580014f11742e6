import { calleeName } from '../ast/callee-name.js';
import { createRule } from '../create-rule.js';
import { findIneffectiveCloses } from '../model/find-ineffective-closes.js';
import { whereIs } from '../model/where-is.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export const noIneffectiveClose = createRule<object, 'missing'>({
  name: 'no-ineffective-close',
  description: 'Disallow the close of an application that has none',
  recommended: 'error',
  messages: {
    missing:
      'The {{signals}} handler of this server calls close() on the application {{where}}, which has no such method: the call throws, the process crashes, and every request in flight is dropped. Keep what listen() returns and close that: const server = app.listen(…); server.close().',
  },
  properties: {},
  defaults: {},
  *check({ lifecycle, sites }) {
    for (const site of sites) {
      const found = lifecycle.shutdownsOf(site).flatMap(({ handler, reach, closes }) => {
        // One that closes the server as well may have caught what this throws.
        const [call] = closes === 'no' && reach ? findIneffectiveCloses(reach, site) : [];
        return call ? [{ handler, call }] : [];
      });
      const [first] = found;
      if (!first) continue;
      yield {
        node: calleeName(site.listen),
        messageId: 'missing',
        data: {
          signals: signalNames(found.flatMap(({ handler }) => handler.signals ?? [])),
          where: whereIs(first.call, site.listen),
        },
        related: [
          ...found.map(({ call }) => ({ node: call, message: 'the close that throws' })),
          ...handlerPlaces(found.map(({ handler }) => handler)),
        ],
      };
    }
  },
});
