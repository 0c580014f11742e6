import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigArray } from '@eslint/config-array';
import type { OwnRules } from './messages.js';

/** The parts of a flat configuration object that matter here. */
interface FlatConfig {
  readonly rules?: Readonly<Record<string, unknown>>;
  readonly plugins?: Readonly<Record<string, { readonly meta?: { readonly name?: string } } | undefined>>;
}

/** How ESLint merges rules: a severity alone leaves the options that were set before. */
const schema = {
  rules: {
    required: false,
    validate: () => undefined,
    merge(first: OwnRules = {}, second: OwnRules = {}): OwnRules {
      const merged: Record<string, unknown> = { ...first };
      for (const [rule, entry] of Object.entries(second)) {
        const before = merged[rule];
        merged[rule] = !Array.isArray(entry) && Array.isArray(before) ? [entry, ...before.slice(1)] : entry;
      }
      return merged;
    },
  },
};

/** What ESLint lints and leaves out by itself. */
const defaults = [{ ignores: ['**/node_modules/', '.git/'] }, { files: ['**/*.js', '**/*.cjs', '**/*.mjs'] }];

/**
 * Loads a flat configuration, which runs it.
 * @returns what it says about a file: our rules, none of them, or null where it does not know our plugin for the file
 */
export async function loadFlat(file: string): Promise<(filename: string) => OwnRules | null> {
  const module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  const configs = [(await module.default) ?? []].flat(Infinity) as (FlatConfig | null)[];
  const given = configs.filter((config) => config !== null && typeof config === 'object');
  const prefixes = prefixesOf(given);
  const array = new ConfigArray(
    [...defaults, ...given.map((config) => onlyOwn(config, prefixes))] as never,
    {
      basePath: dirname(file),
      schema,
    } as never,
  );
  await array.normalize();
  return (filename) => {
    const { status, config } = array.getConfigWithStatus(filename) as {
      status: string;
      config?: { rules?: OwnRules };
    };
    // A file that ESLint leaves out is one that the project does not want to hear of.
    if (status !== 'matched') return prefixes.size > 0 && status === 'ignored' ? {} : null;
    return config?.rules !== undefined && Object.keys(config.rules).length > 0 ? config.rules : null;
  };
}

/** The names under which our plugin stands in a configuration. */
function prefixesOf(configs: readonly FlatConfig[]): ReadonlySet<string> {
  return new Set(
    configs.flatMap(({ plugins = {} }) =>
      Object.entries(plugins)
        .filter(
          ([name, plugin]) =>
            name === 'graceful-shutdown' || plugin?.meta?.name === 'eslint-plugin-graceful-shutdown',
        )
        .map(([name]) => name),
    ),
  );
}

/** Without what other plugins, parsers and ESLint itself would have to check. */
function onlyOwn(config: FlatConfig, prefixes: ReadonlySet<string>): object {
  const { files, ignores, basePath, rules = {} } = config as FlatConfig & Record<string, unknown>;
  const own = Object.entries(rules).flatMap(([name, entry]) => {
    const slash = name.lastIndexOf('/');
    return prefixes.has(name.slice(0, slash)) ? [[`graceful-shutdown/${name.slice(slash + 1)}`, entry]] : [];
  });
  // `ignores` alone leaves files out altogether; beside anything else it only says where the rest does not hold.
  const isGlobalIgnore = Object.keys(config).every((key) => /^(?:ignores|name|basePath)$/.test(key));
  return {
    ...(files === undefined ? {} : { files }),
    ...(ignores === undefined ? {} : { ignores }),
    ...(basePath === undefined ? {} : { basePath }),
    ...(isGlobalIgnore ? {} : { rules: Object.fromEntries(own) as OwnRules }),
  };
}
