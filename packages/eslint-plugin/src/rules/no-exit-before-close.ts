import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import { createRule, type FixMode } from '../create-rule.js';
import { exitAfterClose } from '../fix/exit-after-close.js';
import { findEarlyExits } from '../model/find-exits.js';
import { whereIs } from '../model/where-is.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export interface NoExitBeforeCloseOptions {
  readonly fix: FixMode;
}

const defaults: NoExitBeforeCloseOptions = { fix: 'autofix' };

export const noExitBeforeClose = createRule<NoExitBeforeCloseOptions, 'early'>({
  name: 'no-exit-before-close',
  description: 'Disallow an exit while the close of the server is still running',
  recommended: 'error',
  messages: {
    early:
      'The {{signals}} handler of this server exits {{where}} while the server is still closing: close() only stops accepting, and the exit drops every request in flight. Exit when it is closed: {{advice}}.',
  },
  suggestion: 'Exit when the server is closed.',
  properties: {
    fix: {
      enum: ['autofix', 'suggestion'],
      description: 'Whether `--fix` moves the exit behind the close, or an editor offers it.',
    },
  },
  defaults,
  *check({ sourceCode, lifecycle, sites }) {
    for (const site of sites) {
      const early = lifecycle.shutdownsOf(site).flatMap(({ handler, reach, closes }) => {
        if (closes !== 'yes' || !reach || handler.library) return [];
        return findEarlyExits(handler, reach, site).map((exit) => ({ handler, exit }));
      });
      const [first] = early;
      if (!first) continue;
      const exits = [...new Set(early.map(({ exit }) => exit))];
      const isHere = exits.every((exit) => moduleOf(exit).ast === sourceCode.ast);
      const isPromise = (site.framework.closeEndsBy ?? 'callback') !== 'callback';
      yield {
        node: calleeName(site.listen),
        messageId: 'early',
        data: {
          signals: signalNames(early.flatMap(({ handler }) => handler.signals ?? [])),
          where: whereIs(first.exit, site.listen),
          advice: isPromise ? 'await app.close(); process.exit(0)' : 'server.close(() => process.exit(0))',
        },
        related: [
          ...exits.map((node) => ({ node, message: 'the exit' })),
          ...handlerPlaces(early.map(({ handler }) => handler)),
        ],
        // Several servers would each need to be waited for.
        fix: () =>
          isHere && lifecycle.servers.length === 1 ? exitAfterClose(sourceCode, site, exits) : null,
      };
    }
  },
});
