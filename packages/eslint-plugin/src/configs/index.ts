import type { Linter } from 'eslint';
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
