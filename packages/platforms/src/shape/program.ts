import { wrappers, type Wrapper } from './wrappers.js';

/** What a program that starts others is, as far as passing on signals goes. */
export type WrapperKind = 'shell' | 'package-manager' | 'program';

const shells = new Set(['sh', 'dash', 'bash', 'ash', 'zsh', 'ksh', 'busybox']);
/** What runs the scripts of a package. */
export const packageManagers: ReadonlySet<string> = new Set([
  'npm',
  'npx',
  'pnpm',
  'pnpx',
  'yarn',
  'yarnpkg',
]);
/** Modes of node itself in which it only starts another node. */
const modes = ['--watch', '--run'];
/** Flags of node whose value is the next word. */
const withValue = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--env-file',
]);

/** The program of a running process. */
export interface Program {
  /** Of node it is the package or the script that it runs. */
  readonly name: string;
  readonly kind: WrapperKind;
  /** What is known of how it treats signals. */
  readonly wrapper?: Wrapper;
}

/** What stands behind the command line of a process. */
export function findProgram(command: string): Program {
  const { name, kind } = toProgram(command);
  const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
  return { name, kind, ...(wrapper === undefined ? {} : { wrapper }) };
}

function toProgram(command: string): Pick<Program, 'name' | 'kind'> {
  const words = command.split(' ');
  const first = toName(words[0]);
  // What npm is called while it does the work of npx.
  if (first === 'npm' && /^(exec|x)$/.test(words[1] ?? '')) return { name: 'npx', kind: 'package-manager' };
  if (first !== 'node') return { name: first, kind: toKind(first) };
  const mode = modes.find((one) => words.some((word) => word === one || word.startsWith(`${one}=`)));
  if (mode !== undefined) return { name: `node ${mode}`, kind: 'program' };
  const script = words
    .slice(1)
    .find((word, index) => !word.startsWith('-') && !withValue.has(words[index] ?? ''));
  const folder = /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(script ?? '')?.[1];
  // `.bin` holds links to the programs of all packages.
  const name = folder === undefined || folder === '.bin' ? toName(script) : folder;
  if (packageManagers.has(name)) return { name, kind: 'package-manager' };
  return { name: folder === undefined ? `node ${name}`.trim() : name, kind: 'program' };
}

function toKind(name: string): WrapperKind {
  if (shells.has(name)) return 'shell';
  return packageManagers.has(name) ? 'package-manager' : 'program';
}

/** `/usr/bin/dash` → `dash`, `-sh` → `sh`. */
function toName(word = ''): string {
  return (word.split('/').at(-1) ?? '').replace(/^-/, '');
}
