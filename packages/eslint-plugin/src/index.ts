import type { ESLint, Linter } from 'eslint';
import { platforms, type PlatformId } from 'graceful-shutdown-platforms';
import { recommendedRules, rulesOf, strictRules } from './configs/index.js';
import { rules } from './rules/index.js';

/** Stands here, not read from package.json, so that the plugin can be bundled; a test holds the two together. */
const meta = { name: 'eslint-plugin-graceful-shutdown', version: '0.1.0' };

/** One flat config and one for `.eslintrc` a platform: `kubernetes`, `kubernetes-legacy`. */
type PlatformConfigs = { [Id in PlatformId]: Linter.Config } & {
  [Id in `${PlatformId}-legacy`]: Linter.LegacyConfig;
};

interface Plugin extends ESLint.Plugin {
  configs: PlatformConfigs & {
    /** Flat config: what is wrong for certain. */
    recommended: Linter.Config;
    /** Flat config: every rule as an error. */
    strict: Linter.Config;
    /** The same as `recommended`, for `.eslintrc` of ESLint 8: `plugin:graceful-shutdown/recommended-legacy`. */
    'recommended-legacy': Linter.LegacyConfig;
    /** The same as `strict`, for `.eslintrc` of ESLint 8. */
    'strict-legacy': Linter.LegacyConfig;
  };
}

const plugin = {
  meta,
  rules: rules as unknown as ESLint.Plugin['rules'],
  configs: {},
} as Plugin;

// The flat configs hold the plugin itself, so they are added once it exists.
Object.assign(plugin.configs, {
  recommended: {
    name: 'graceful-shutdown/recommended',
    plugins: { 'graceful-shutdown': plugin },
    rules: recommendedRules,
  },
  strict: { name: 'graceful-shutdown/strict', plugins: { 'graceful-shutdown': plugin }, rules: strictRules },
  'recommended-legacy': { plugins: ['graceful-shutdown'], rules: recommendedRules },
  'strict-legacy': { plugins: ['graceful-shutdown'], rules: strictRules },
});

for (const id of Object.keys(platforms) as PlatformId[]) {
  const platformRules = rulesOf(id);
  Object.assign(plugin.configs, {
    [id]: { name: `graceful-shutdown/${id}`, plugins: { 'graceful-shutdown': plugin }, rules: platformRules },
    [`${id}-legacy`]: { plugins: ['graceful-shutdown'], rules: platformRules },
  });
}

// `require()` in ESLint 8 gets the plugin itself by this name; with a default export alone it finds no rules.
export { plugin as default, plugin as 'module.exports' };
