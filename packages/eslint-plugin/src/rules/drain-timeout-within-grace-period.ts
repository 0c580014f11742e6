import { budget, findPlatform, platforms, type PlatformId } from 'graceful-shutdown-platforms';
import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import { createRule } from '../create-rule.js';
import { findDeadlines, type Deadline } from '../model/deadline-ms.js';
import type { ServerLifecycle, ServerSite } from '../model/model.js';
import { duration, number } from '../scaffold/template.js';
import { styleOf } from '../scaffold/style.js';

export interface DrainTimeoutWithinGracePeriodOptions {
  readonly fix?: never;
  /** The platform the server runs on. */
  readonly platform: PlatformId;
  /** The grace period in milliseconds, where it is not the platform's default; 0 takes the platform's. */
  readonly graceMs: number;
}

const defaults: DrainTimeoutWithinGracePeriodOptions = { platform: 'kubernetes', graceMs: 0 };

export const drainTimeoutWithinGracePeriod = createRule<DrainTimeoutWithinGracePeriodOptions, 'late'>({
  name: 'drain-timeout-within-grace-period',
  description: 'Require the deadline of a drain to come before the platform kills the process',
  messages: {
    late: 'The drain of this server is given {{deadline}} on {{signals}}, but {{platform}} sends SIGKILL after {{grace}}: the deadline never comes, and what is still in flight dies without a word in the log. Keep the deadline below the grace period, e.g. {{advice}}.',
  },
  suggestion: 'Set the deadline to {{advice}}.',
  properties: {
    platform: { enum: Object.keys(platforms), description: 'The platform the server runs on.' },
    graceMs: {
      type: 'integer',
      minimum: 0,
      description:
        "The grace period in milliseconds, where it is not the platform's default; 0 takes the platform's.",
    },
  },
  defaults,
  *check({ options, sourceCode, filename, ecmaVersion, lifecycle, sites }) {
    const platform = findPlatform(options.platform);
    const graceMs = options.graceMs || (platform?.graceMs ?? 0);
    // Where the platform gives no time at all, its setting is wrong and no deadline is right.
    if (graceMs === 0) return;
    for (const site of sites) {
      const late = findLate(lifecycle, site, graceMs);
      const [first] = late;
      if (!first) continue;
      const adviceMs = budget({ platform: options.platform, graceMs }).longestDrainMs;
      const { written, ms } = first.deadline;
      yield {
        node: calleeName(site.listen),
        messageId: 'late',
        data: {
          deadline: duration(ms ?? 0),
          signals: late.map(({ signal }) => signal).join(' and '),
          platform: platform?.name ?? options.platform,
          grace: duration(graceMs),
          advice: duration(adviceMs),
        },
        ...(written && { related: [{ node: written, message: 'the deadline' }] }),
        fix: () =>
          written?.type === 'Literal' && moduleOf(written).ast === sourceCode.ast
            ? (fixer) =>
                fixer.replaceText(written, number(adviceMs, styleOf(sourceCode, filename, ecmaVersion)))
            : null,
      };
    }
  },
});

/** The signals whose handlers close the server with no deadline before the end of the grace period. */
function findLate(
  lifecycle: ServerLifecycle,
  site: ServerSite,
  graceMs: number,
): { readonly signal: string; readonly deadline: Deadline }[] {
  const shutdowns = lifecycle.shutdownsOf(site);
  if (shutdowns.some(({ handler, isBounded }) => handler.signals === null || isBounded === 'unknown'))
    return [];
  return ['SIGTERM', 'SIGINT'].flatMap((signal) => {
    const handling = shutdowns.filter(({ handler }) => handler.signals?.includes(signal));
    if (!handling.some(({ closes }) => closes === 'yes')) return [];
    const deadlines = handling.flatMap((shutdown) => findDeadlines(shutdown, site));
    // One that cannot be told may come in time.
    if (deadlines.some(({ ms }) => ms === null || ms <= graceMs)) return [];
    const [earliest] = deadlines.toSorted((one, other) => (one.ms ?? 0) - (other.ms ?? 0));
    return earliest && earliest.ms !== Infinity ? [{ signal, deadline: earliest }] : [];
  });
}
