import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { createRule, type FixMode } from '../create-rule.js';
import { catchRejection } from '../fix/catch-rejection.js';
import { findRejections } from '../model/find-rejections.js';
import { handlesRejections } from '../model/handles-rejections.js';
import { writtenName } from '../model/may-reject.js';
import { whereIs } from '../model/where-is.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export interface NoUnhandledShutdownRejectionOptions {
  readonly fix: FixMode;
}

const defaults: NoUnhandledShutdownRejectionOptions = { fix: 'autofix' };

/** Runtimes whose servers are no Node servers: what a rejection does there was not looked at. */
const OTHER_RUNTIMES = new Set(['bun', 'deno']);

export const noUnhandledShutdownRejection = createRule<NoUnhandledShutdownRejectionOptions, 'unhandled'>({
  name: 'no-unhandled-shutdown-rejection',
  description: 'Disallow a shutdown that ends where a promise is rejected',
  messages: {
    unhandled:
      'The {{signals}} handler of this server calls {{call}}() {{where}}, before the server is closed, and nobody handles its rejection: when that fails, Node ends the process with code 1 there and then, and every request in flight is dropped. Catch it, log it, and go on closing.',
  },
  suggestion: 'Log the rejection, and go on.',
  properties: {
    fix: {
      enum: ['autofix', 'suggestion'],
      description: 'Whether `--fix` catches the rejection, or an editor offers it.',
    },
  },
  defaults,
  *check({ sourceCode, filename, ecmaVersion, lifecycle, sites }) {
    const reported = new Set<Node>();
    for (const site of sites) {
      if (OTHER_RUNTIMES.has(site.framework.id)) continue;
      for (const shutdown of lifecycle.shutdownsOf(site)) {
        const { handler, closes } = shutdown;
        // What runs the functions of a library, the library awaits.
        if (closes !== 'yes' || handler.library) continue;
        // One report for each handler: the next is seen when the first is handled.
        const [first] = findRejections(shutdown, site);
        if (!first || reported.has(first.call) || handlesRejections(site.listen)) continue;
        reported.add(first.call);
        const isHere = moduleOf(first.call).ast === sourceCode.ast;
        yield {
          node: calleeName(isHere ? first.call : site.listen),
          messageId: 'unhandled',
          data: {
            signals: signalNames(handler.signals ?? []),
            call: writtenName(first.call),
            where: isHere ? 'here' : whereIs(first.call, site.listen),
          },
          related: [{ node: calleeName(first.call), message: 'the call' }, ...handlerPlaces([handler])],
          fix: () => catchRejection(sourceCode, first, site, filename, ecmaVersion),
        };
      }
    }
  },
});
