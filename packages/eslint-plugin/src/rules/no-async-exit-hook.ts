import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import { isFunction, type Node } from '../ast/types.js';
import { createRule } from '../create-rule.js';
import { findLateWork } from '../model/find-late-work.js';
import type { Reach, Shutdown, SignalHandler } from '../model/model.js';
import { whereIs } from '../model/where-is.js';
import { handlerPlaces } from '../problem-details.js';

export const noAsyncExitHook = createRule<object, 'exit' | 'library'>({
  name: 'no-async-exit-hook',
  description: 'Disallow asynchronous work where the process does not wait for it',
  recommended: 'error',
  messages: {
    exit: "Nothing asynchronous ends in a listener of 'exit': the process is gone as soon as it returns, and {{what}} never runs. On a signal without a handler it is not even called. Do this in the handler of SIGTERM and SIGINT, and exit when it is done.",
    library:
      '{{library}} waits for nothing asynchronous: the process ends as soon as its function{{where}} has returned, and every request in flight is dropped, 0.0 s after the signal. Close the server in a handler of your own, process.on, and exit when it is closed.',
  },
  properties: {},
  defaults: {},
  *check({ sourceCode, lifecycle, sites }) {
    for (const { registration, functions } of lifecycle.exitHooks()) {
      // What the handler of a signal has awaited before it exits is done by then.
      const isAwaited = lifecycle.ownHandlers.some((handler) =>
        functions.every((fn) => handler.functions?.includes(fn)),
      );
      const late = isAwaited ? null : findLateWork(functions);
      // What a handler of a signal has run too is only tried again here.
      if (!late || lifecycle.ownHandlers.some((handler) => runs(lifecycle.reachOf(handler), late.node)))
        continue;
      const isHere = moduleOf(late.node).ast === sourceCode.ast;
      yield {
        node: isHere ? late.node : registration,
        messageId: 'exit',
        data: { what: late.what },
        isDead: isHere,
        related: [
          { node: calleeName(registration), message: "the listener of 'exit'" },
          { node: late.node, message: 'what never runs' },
        ],
      };
    }
    const reported = new Set<SignalHandler>();
    for (const site of sites) {
      for (const { handler } of findUnawaited(lifecycle.shutdownsOf(site))) {
        const { registration, library } = handler;
        if (reported.has(handler) || !library) continue;
        reported.add(handler);
        const isHere = moduleOf(registration).ast === sourceCode.ast;
        yield {
          node: calleeName(isHere ? registration : site.listen),
          messageId: 'library',
          data: {
            library: library.adapter.packages[0] ?? '',
            where: isHere ? '' : ` ${whereIs(registration, site.listen)}`,
          },
          related: [...handlerPlaces([handler]), { node: calleeName(site.listen), message: 'the server' }],
        };
      }
    }
  },
});

/** Whether a handler reaches the function that a node stands in. */
function runs(reach: Reach | null, node: Node): boolean {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return reach?.functions.has(at) ?? false;
  return false;
}

/** The hooks of libraries that close the server and are not waited for, where nothing else keeps the process. */
function findUnawaited(shutdowns: readonly Shutdown[]): readonly Shutdown[] {
  if (shutdowns.some(({ handler }) => handler.library?.use.isSyncOnly !== true)) return [];
  return shutdowns.filter(({ closes }) => closes === 'yes');
}
