import type { Linter } from 'eslint';
import { rules } from '../rules/index.js';

const PREFIX = 'graceful-shutdown';

/** What is wrong for certain as errors, what is wrong sooner or later as warnings. */
export const recommendedRules: Linter.RulesRecord = Object.fromEntries(
  Object.entries(rules).flatMap(([name, rule]) =>
    rule.meta.docs?.recommended ? [[`${PREFIX}/${name}`, rule.meta.docs.recommended]] : [],
  ),
);

/** Every rule as an error. */
export const strictRules: Linter.RulesRecord = Object.fromEntries(
  Object.keys(rules).map((name) => [`${PREFIX}/${name}`, 'error']),
);
