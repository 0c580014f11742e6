import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { createRule } from '../create-rule.js';
import { findUnordered } from '../model/find-unordered.js';
import { signalNames } from '../problem-details.js';

export interface ShutdownOrderOptions {
  readonly fix?: never;
}

export const shutdownOrder = createRule<ShutdownOrderOptions, 'first' | 'beside'>({
  name: 'shutdown-order',
  description: 'Require what requests need to be closed after the server',
  recommended: 'warn',
  messages: {
    first:
      'The {{signals}} handler closes {{resource}} before this server has answered what is in flight: those requests fail with "{{error}}". Wait for the close of the server, then close {{resource}}.',
    beside:
      'The {{signals}} handler closes {{resource}} beside this server, which still answers what is in flight: those requests fail with "{{error}}". Wait for the close of the server, then close {{resource}}.',
  },
  properties: {},
  defaults: {},
  *check({ sourceCode, lifecycle, sites }) {
    const reported = new Set<Node>();
    for (const site of sites) {
      const unordered = findUnordered(lifecycle, site);
      for (const found of unordered) {
        const isHere = moduleOf(found.call).ast === sourceCode.ast;
        const node = isHere ? calleeName(found.call) : calleeName(site.listen);
        if (reported.has(node)) continue;
        reported.add(node);
        const signals = unordered.filter(({ call }) => call === found.call).flatMap((each) => each.signals);
        yield {
          node,
          messageId: found.isBeside ? 'beside' : 'first',
          data: {
            signals: signalNames(signals),
            resource: found.resource.id,
            error: found.resource.error,
          },
          related: [
            { node: calleeName(found.call), message: `the close of ${found.resource.id}` },
            { node: calleeName(site.listen), message: 'the server' },
          ],
        };
      }
    }
  },
});
