import { dirname } from 'node:path';
import * as eslintrc from '@eslint/eslintrc';
import type { OwnRules } from './messages.js';

/** What is used here of what the package has no types for. */
interface Factory {
  getConfigArrayForFile(filename: string): {
    extractConfig(filename: string): {
      readonly rules: OwnRules;
      readonly ignores?: (filename: string) => boolean;
      readonly plugins?: Readonly<Record<string, unknown>>;
    };
  };
}

const { Legacy } = eslintrc as unknown as {
  readonly Legacy: { readonly CascadingConfigArrayFactory: new (options: object) => Factory };
};

/**
 * Reads the cascade of `.eslintrc` files around one of them, which runs those that are code.
 * @returns what they say about a file: our rules, or null where they have none of them
 */
export function loadEslintrc(file: string): (filename: string) => OwnRules | null {
  const nothing = () => ({});
  const factory = new Legacy.CascadingConfigArrayFactory({
    cwd: dirname(file),
    builtInRules: new Map(),
    getEslintAllConfig: nothing,
    getEslintRecommendedConfig: nothing,
  });
  return (filename) => {
    const config = factory.getConfigArrayForFile(filename).extractConfig(filename);
    const rules = Object.entries(config.rules).filter(([name]) => name.startsWith('graceful-shutdown/'));
    if (rules.length === 0) return null;
    return config.ignores?.(filename) === true ? {} : Object.fromEntries(rules);
  };
}
