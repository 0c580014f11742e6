import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import { createRule, type FixMode } from '../create-rule.js';
import { shortenKeepAlive } from '../fix/shorten-keep-alive.js';
import { findLinger } from '../model/find-linger.js';
import type { Shutdown } from '../model/model.js';
import { stopSignalsIn } from '../model/stop-signals.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export interface NoKeepAliveLingerOptions {
  /** The longest that a drain may last after its last response, in milliseconds. */
  readonly minLingerMs: number;
  readonly fix: FixMode;
}

const defaults: NoKeepAliveLingerOptions = { minLingerMs: 10_000, fix: 'autofix' };

export const noKeepAliveLinger = createRule<NoKeepAliveLingerOptions, 'waits' | 'trips'>({
  name: 'no-keep-alive-linger',
  description: 'Disallow a drain that waits for keep-alive connections after their last response',
  recommended: 'warn',
  messages: {
    waits:
      'The {{signals}} handler waits {{linger}} after the last response: a keep-alive connection that answered during the drain stays open for so long, and close() waits for it. Platforms kill before that. Answer with `Connection: close` while draining, or shorten keepAliveTimeout in the handler.',
    trips:
      'The {{signals}} handler ends at its deadline of {{deadline}}, as if it had failed, although all is answered: a keep-alive connection that answered during the drain stays open for {{linger}}, and close() waits for it. Answer with `Connection: close` while draining, or shorten keepAliveTimeout in the handler.',
  },
  suggestion: 'Close keep-alive connections a second after their last response.',
  properties: {
    minLingerMs: {
      type: 'integer',
      minimum: 0,
      description: 'The longest that a drain may last after its last response, in milliseconds.',
    },
    fix: {
      enum: ['autofix', 'suggestion'],
      description: 'Whether `--fix` shortens the keep-alive timeout in the handler, or an editor offers it.',
    },
  },
  defaults,
  *check({ options, sourceCode, filename, ecmaVersion, lifecycle, sites }) {
    for (const site of sites) {
      const shutdowns = lifecycle.shutdownsOf(site);
      for (const shutdown of shutdowns) {
        const { handler } = shutdown;
        const found = stopSignalsIn(handler.signals).length > 0 ? findLinger(shutdown, site) : null;
        if (!found) continue;
        const { lingerMs, deadlineMs, close } = found;
        const waitMs = Math.min(lingerMs, deadlineMs ?? Infinity);
        if (waitMs <= options.minLingerMs) continue;
        const isHere = close !== null && moduleOf(close).ast === sourceCode.ast;
        yield {
          node: isHere ? calleeName(close) : calleeName(site.listen),
          messageId: deadlineMs !== null && deadlineMs < lingerMs ? 'trips' : 'waits',
          data: {
            signals: stopSignalsOf(shutdowns),
            linger: lingerMs === Infinity ? 'as long as its client likes' : `${lingerMs / 1000} s`,
            deadline: `${(deadlineMs ?? 0) / 1000} s`,
          },
          related: [
            ...(close === null ? [] : [{ node: close, message: 'the close that waits' }]),
            ...handlerPlaces([handler]),
          ],
          fix: () => (isHere ? shortenKeepAlive(sourceCode, site, close, filename, ecmaVersion) : null),
        };
        // One report for a server: its handlers mostly share one function.
        break;
      }
    }
  },
});

/** The signals on which the server is closed. */
function stopSignalsOf(shutdowns: readonly Shutdown[]): string {
  const closing = shutdowns.filter(({ closes }) => closes === 'yes');
  return signalNames(closing.flatMap(({ handler }) => handler.signals ?? []));
}
