import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { createRule, type FixMode } from '../create-rule.js';
import { cutAtDeadline } from '../fix/cut-at-deadline.js';
import { CLOSE_ALL, findCutOption, findCuts } from '../model/find-cuts.js';
import { findEarlyExits } from '../model/find-exits.js';
import type { ServerSite, Shutdown, SignalHandler } from '../model/model.js';
import { stopSignalsIn } from '../model/stop-signals.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export interface NoForceCloseOptions {
  /** What a library must give requests in flight by its own default, in milliseconds, before it cuts them. */
  readonly minDrainMs: number;
  /** The deadline that the fix writes, in milliseconds. */
  readonly drainTimeoutMs: number;
  readonly fix: FixMode;
}

/** The signals that platforms and terminals stop a server with. */

const defaults: NoForceCloseOptions = { minDrainMs: 1, drainTimeoutMs: 10_000, fix: 'autofix' };

export const noForceClose = createRule<NoForceCloseOptions, 'cut' | 'sockets' | 'option' | 'library'>({
  name: 'no-force-close',
  description: 'Disallow ending the connections of a server before its requests in flight are answered',
  recommended: 'error',
  strictOptions: { minDrainMs: 5000 },
  messages: {
    cut: 'The {{signals}} handler calls {{how}} at once: every request in flight is cut off without a response. Let close() wait for them, and call {{how}} only at a deadline.',
    sockets:
      'The {{signals}} handler calls {{how}} on every socket at once: every request in flight is cut off without a response. Let close() wait for them, and end sockets only at a deadline.',
    option:
      'forceCloseConnections makes the close on {{signals}} destroy every connection at once: every request in flight is cut off without a response. Leave it out; against keep-alive connections that linger, answer with `Connection: close` while closing.',
    library:
      'On {{signals}}, {{library}} cuts off requests in flight: {{how}}. Give them the time your slowest request needs.',
  },
  suggestion: 'Cut connections only after {{drainTimeoutMs}} ms.',
  properties: {
    minDrainMs: {
      type: 'integer',
      minimum: 1,
      description: 'What a library must give requests in flight by its own default, in milliseconds.',
    },
    drainTimeoutMs: {
      type: 'integer',
      minimum: 1,
      description: 'The deadline that the fix writes, in milliseconds.',
    },
    fix: {
      enum: ['autofix', 'suggestion'],
      description: 'Whether `--fix` moves the cut to a deadline, or an editor offers it.',
    },
  },
  defaults,
  *check({ options, sourceCode, filename, ecmaVersion, lifecycle, sites }) {
    const { minDrainMs, drainTimeoutMs } = options;
    const reported = new Set<Node>();
    for (const site of sites) {
      const closing = lifecycle.shutdownsOf(site).filter(({ closes }) => closes === 'yes');
      const forced = [...findForced(closing, site)].filter(({ afterMs }) => afterMs < minDrainMs);
      for (const found of forced) {
        const isHere = moduleOf(found.node).ast === sourceCode.ast;
        const node = isHere ? found.node : calleeName(site.listen);
        // Two signals, one handler: one report.
        const same = forced.filter((other) => other.node === found.node);
        if (same[0] !== found || reported.has(node)) continue;
        reported.add(node);
        const { messageId, how, library, cut } = found;
        const signals = signalNames(same.flatMap((each) => each.signals));
        yield {
          node,
          messageId,
          data: { signals, how, library, drainTimeoutMs },
          related: [
            { node: found.node, message: 'what cuts them' },
            ...handlerPlaces(same.map(({ handler }) => handler)),
          ],
          fix: () =>
            isHere && cut && how === `${CLOSE_ALL}()`
              ? cutAtDeadline(sourceCode, cut, drainTimeoutMs, filename, ecmaVersion)
              : null,
        };
      }
    }
  },
});

interface Forced {
  readonly node: Node;
  readonly messageId: 'cut' | 'sockets' | 'option' | 'library';
  readonly signals: readonly string[];
  readonly how: string;
  readonly library: string;
  readonly afterMs: number;
  readonly cut?: TSESTree.CallExpression;
  readonly handler: SignalHandler;
}

function* findForced(closing: readonly Shutdown[], site: ServerSite): Iterable<Forced> {
  const option = findCutOption(site);
  for (const { handler, reach } of closing) {
    const signals = stopSignalsIn(handler.signals);
    if (signals.length === 0) continue;
    const { library } = handler;
    const loses = library?.use.loses;
    if (loses !== undefined && library && !option) {
      yield {
        node: calleeName(handler.registration),
        messageId: 'library',
        signals,
        how: loses,
        library: library.adapter.packages[0] ?? library.adapter.id,
        afterMs: library.use.deadlineMs ?? 0,
        handler,
      };
      continue;
    }
    if (option)
      yield { node: option, messageId: 'option', signals, how: '', library: '', afterMs: 0, handler };
    // An exit before the close is done drops them already.
    if (!reach || findEarlyExits(handler, reach, site).length > 0) continue;
    for (const cut of findCuts(handler, reach, site)) {
      yield {
        node: calleeName(cut.call),
        messageId: cut.by === 'server' ? 'cut' : cut.by,
        signals,
        how: cut.how,
        library: cut.library,
        afterMs: cut.afterMs,
        cut: cut.call,
        handler,
      };
    }
  }
}
