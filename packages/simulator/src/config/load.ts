import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SimulationError } from '../errors.js';
import { toConfig, type LoadedConfig } from './config.js';

/** The names of a configuration, the first found counts. */
export const configNames = ['ts', 'mts', 'js', 'mjs', 'json'].map(
  (extension) => `sigterm.config.${extension}`,
);

/** The configuration of a directory, or of the nearest one above it that has one. */
export function findConfig(directory: string): string | undefined {
  const found = configNames.map((name) => join(directory, name)).find((file) => existsSync(file));
  const parent = dirname(directory);
  return found ?? (parent === directory ? undefined : findConfig(parent));
}

/**
 * Reads a configuration: JSON as text, anything else as a module.
 *
 * @throws {@link SimulationError} where it is missing, fails, or is not what it should be.
 */
export async function loadConfig(file: string): Promise<LoadedConfig> {
  const path = resolve(file);
  if (!existsSync(path)) throw new SimulationError('config-not-found', { file });
  try {
    if (path.endsWith('.json')) return toConfig(JSON.parse(readFileSync(path, 'utf8')) as unknown, file);
    const module = (await importModule(path)) as { default?: unknown };
    return toConfig(module.default, file);
  } catch (error) {
    if (error instanceof SimulationError) throw error;
    const [detail = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new SimulationError('bad-config', { file, detail });
  }
}

async function importModule(path: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    // Node 22.18 and later read TypeScript by themselves; for those before, the project brings a loader.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_FILE_EXTENSION' || !/\.m?ts$/.test(path))
      throw error;
  }
  const loader = findJiti(path);
  if (loader === undefined)
    throw new SimulationError('config-needs-loader', { file: path, node: process.version });
  const { createJiti } = (await import(pathToFileURL(loader).href)) as typeof import('jiti');
  return createJiti(path).import(path);
}

/** That of the project, or else one that is installed beside us. */
function findJiti(path: string): string | undefined {
  for (const from of [path, import.meta.url]) {
    try {
      return createRequire(from).resolve('jiti');
    } catch {
      continue;
    }
  }
  return undefined;
}
