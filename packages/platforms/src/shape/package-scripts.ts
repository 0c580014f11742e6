import { packageManagers } from './program.js';
import type { SignalPathWhy } from './signal-path.js';
import type { WrapperDoes } from './wrappers.js';

/** What a package.json says about how its scripts are run. */
export interface PackageFacts {
  readonly scripts: Readonly<Record<string, string>> | null;
  /** The name and the major version in `packageManager`, e.g. `pnpm` and 12. */
  readonly manager: { readonly name: string; readonly major: number } | null;
}

/** The line that a package manager gives to a shell, and what it does with a signal itself. */
export interface PackageCommand {
  readonly does: WrapperDoes | 'unknown';
  readonly line: string | null;
  readonly why: SignalPathWhy;
}

/** Reads a package.json; what cannot be read says nothing. */
export function readPackageFacts(text: string | undefined): PackageFacts {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return { scripts: null, manager: null };
  }
  const { scripts, packageManager } = (typeof value === 'object' && value !== null ? value : {}) as {
    scripts?: unknown;
    packageManager?: unknown;
  };
  const [, name, major] = /^([a-z]+)@(\d+)\./.exec(String(packageManager)) ?? [];
  const entries = typeof scripts === 'object' && scripts !== null ? Object.entries(scripts) : [];
  return {
    scripts: Object.fromEntries(entries.filter(([, line]) => typeof line === 'string')) as Record<
      string,
      string
    >,
    manager: name === undefined ? null : { name, major: Number(major) },
  };
}

/** Whether node itself runs a script of the package.json: `node --run start`. */
export function isNodeScriptRun(program: string, words: readonly string[]): boolean {
  return program === 'node' && words.some((word) => /^--run(=|$)/.test(word));
}

/** What a package manager runs; `null` where the program is none. */
export function packageCommand(
  program: string,
  words: readonly string[],
  facts: PackageFacts,
): PackageCommand | null {
  if (isNodeScriptRun(program, words)) {
    const at = words.findIndex((word) => /^--run(=|$)/.test(word));
    const name = words[at]?.includes('=') === true ? words[at].slice('--run='.length) : words[at + 1];
    return ofScript('drops', name, [], facts);
  }
  if (!packageManagers.has(program)) return null;
  const manager = program === 'npx' ? 'npm' : program === 'pnpx' ? 'pnpm' : program.replace(/pkg$/, '');
  const does = doesOf(manager, facts);
  const [verb, ...rest] = words.slice(1).filter((word) => !/^(-s|--silent|--quiet|-q|--yes|-y)$/.test(word));
  // An option in front may lead to another package: --prefix, --workspace, --filter, -C.
  if (verb === undefined || verb.startsWith('-')) return { does, line: null, why: 'script-unknown' };
  if (program === 'npx') return { does, line: [verb, ...rest].join(' '), why: 'direct' };
  if (program === 'pnpx' || /^(exec|x|dlx)$/.test(verb)) {
    // pnpm starts the command without a shell, and does not always wait for it.
    if (manager !== 'npm') return { does, line: null, why: 'version-unknown' };
    const command = rest[0] === '--' ? rest.slice(1) : rest;
    return { does, line: command.join(' ') || null, why: 'script-unknown' };
  }
  const isRun = verb === 'run' || verb === 'run-script';
  const name = isRun ? rest[0] : verb;
  return ofScript(does, name, rest.slice(isRun ? 1 : 0), facts);
}

function ofScript(
  does: PackageCommand['does'],
  name: string | undefined,
  args: readonly string[],
  { scripts }: PackageFacts,
): PackageCommand {
  const script =
    name !== undefined && scripts !== null && Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  // npm start does without a script; so much is known where the package.json is.
  const line = script ?? (name === 'start' && scripts !== null ? 'node server.js' : null);
  // Options of the manager behind the name may lead to another package.
  if (line === null || args.some((word) => /^(-w|--workspace|--prefix|-C|--filter)/.test(word)))
    return { does, line: null, why: 'script-unknown' };
  return { does, line: [line, ...args.filter((word) => word !== '--')].join(' '), why: 'direct' };
}

/**
 * Measured with npm 10.9, 11.19 and 11.21, pnpm 10.34 and 12.21, and yarn 1.22: npm and pnpm 10 pass the signal to their
 * shell and wait for that, pnpm 12 signals the tree, yarn 1 ends at once.
 */
function doesOf(manager: string, { manager: named }: PackageFacts): PackageCommand['does'] {
  const major = named?.name === manager ? named.major : null;
  if (manager === 'npm') return 'passes';
  // Where nobody asks for a newer one, yarn is the first.
  if (manager === 'yarn') return (major ?? 1) === 1 ? 'ends-first' : 'unknown';
  return major === 10 ? 'passes' : major === 12 ? 'passes-to-tree' : 'unknown';
}
