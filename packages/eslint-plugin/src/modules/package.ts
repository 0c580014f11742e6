import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { oncePerLook } from './disk.js';

/** A folder with a `package.json`. */
export interface Package {
  readonly root: string;
  readonly name: string | null;
  readonly manifest: Manifest;
}

export interface Manifest {
  readonly name?: string;
  readonly main?: string;
  readonly module?: string;
  readonly source?: string;
  readonly types?: string;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly workspaces?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package a folder belongs to; the folder itself stands for one where there is no manifest. */
export const findPackage: (folder: string) => Package = oncePerLook((folder) => {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const found = packageIn(at);
    if (found) return found;
  }
  return { root: folder, name: null, manifest: {} };
});

const packageIn = oncePerLook((root): Package | null => {
  try {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    return { root, name: manifest.name ?? null, manifest };
  } catch {
    return null;
  }
});

/** Folders that hold no source of the project. */
export const SKIPPED: ReadonlySet<string> = new Set(
  'node_modules dist build out coverage vendor public test tests __tests__ __mocks__ e2e'.split(' '),
);

/** How deep the packages of a workspace lie below its root. */
const WORKSPACE_DEPTH = 4;

/** The packages beside this one in the same workspace, itself among them; only itself where there is no workspace. */
export function findWorkspace(own: Package): readonly Package[] {
  const root = findWorkspaceRoot(own.root);
  return root === null ? [own] : packagesOf(root);
}

const packagesOf = oncePerLook((root) => packagesBelow(root, WORKSPACE_DEPTH));

const findWorkspaceRoot = oncePerLook((from): string | null => {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const isRoot =
      ['pnpm-workspace.yaml', 'lerna.json', 'rush.json', 'nx.json'].some((name) =>
        existsSync(join(folder, name)),
      ) || packageIn(folder)?.manifest.workspaces !== undefined;
    if (isRoot) return folder;
    // What lies outside of the repository is not part of it.
    if (existsSync(join(folder, '.git'))) return null;
  }
  return null;
});

function packagesBelow(folder: string, depth: number): Package[] {
  const own = packageIn(folder);
  const below =
    depth === 0 ? [] : foldersIn(folder).flatMap((name) => packagesBelow(join(folder, name), depth - 1));
  return own ? [own, ...below] : below;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name))
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Whether a package says that it needs another. */
export function dependsOn({ manifest }: Package, name: string): boolean {
  return [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies].some(
    (dependencies) => dependencies?.[name] !== undefined,
  );
}

/** Whether a folder holds programs, which may have no extension: `bin/www`. */
export function isProgramFolder(folder: string): boolean {
  return basename(folder) === 'bin';
}
