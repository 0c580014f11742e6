import type { Linter } from 'eslint';
import { budget, type PlatformId } from 'graceful-shutdown-platforms';
import { rules } from '../rules/index.js';

const PREFIX = 'graceful-shutdown';

/** What is wrong for certain as errors, what is wrong sooner or later as warnings. */
export const recommendedRules: Linter.RulesRecord = Object.fromEntries(
  Object.entries(rules).flatMap(([name, rule]) =>
    rule.meta.docs?.recommended ? [[`${PREFIX}/${name}`, rule.meta.docs.recommended]] : [],
  ),
);

/** Every rule as an error, with the options that let it say most. */
export const strictRules: Linter.RulesRecord = Object.fromEntries(
  Object.entries(rules).map(([name, { meta }]) => {
    const options = meta.docs?.strictOptions;
    return [`${PREFIX}/${name}`, options ? ['error', options] : 'error'];
  }),
);

/** `recommended`, with deadlines that end before this platform kills. */
export function rulesOf(platform: PlatformId): Linter.RulesRecord {
  // Where there is no grace period by default (Railway), the one that has to be set first is not known here.
  const drainTimeoutMs = Math.min(10_000, budget({ platform }).longestDrainMs || Infinity);
  return {
    ...recommendedRules,
    [`${PREFIX}/require-signal-handlers`]: ['error', { drainTimeoutMs }],
    [`${PREFIX}/require-drain-timeout`]: ['error', { drainTimeoutMs }],
    [`${PREFIX}/drain-timeout-within-grace-period`]: ['error', { platform }],
  };
}
