import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { createRule } from '../create-rule.js';
import { findHeldOpen } from '../model/find-held-open.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export interface RequireResourceCloseOptions {
  readonly fix?: never;
}

export const requireResourceClose = createRule<RequireResourceCloseOptions, 'open'>({
  name: 'require-resource-close',
  description: 'Require what keeps the process alive to be closed where nothing exits it',
  messages: {
    open: 'Nothing closes this {{resource}} handle, and the {{signals}} handler closes the server without exiting when it is closed: the connection keeps the process alive until its deadline or SIGKILL, although all is answered. Close it after the server: {{advice}}',
  },
  properties: {},
  defaults: {},
  *check({ sourceCode, lifecycle, sites }) {
    const reported = new Set<Node>();
    for (const site of sites) {
      const shutdowns = lifecycle
        .shutdownsOf(site)
        .filter(({ handler }) =>
          (handler.signals ?? ['SIGTERM']).some((signal) => signal === 'SIGTERM' || signal === 'SIGINT'),
        );
      for (const { creation, resource } of findHeldOpen(shutdowns, site)) {
        if (reported.has(creation) || moduleOf(creation).ast !== sourceCode.ast) continue;
        reported.add(creation);
        const { parent } = creation;
        const name =
          parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
            ? parent.id.name
            : resource.id;
        yield {
          node: calleeName(creation),
          messageId: 'open',
          data: {
            resource: resource.id,
            signals: signalNames(shutdowns.flatMap(({ handler }) => handler.signals ?? [])),
            advice: `server.close(() => ${name}.${resource.closeMethods[0] ?? 'close'}())`,
          },
          related: handlerPlaces(shutdowns.map(({ handler }) => handler)),
        };
      }
    }
  },
});
