import { platforms, type PlatformId } from '../table.js';
import type { Platform } from '../platform.js';
import { readPackageFacts } from './package-scripts.js';
import type { SignalPath, SignalPathOptions } from './signal-path.js';
import { walk } from './walk.js';

export type {
  Answer,
  PathStep,
  ShellKind,
  SignalPath,
  SignalPathOptions,
  SignalPathWhy,
} from './signal-path.js';

/**
 * Whether a signal to the top process of a command gets to the server it starts. From the words alone: nothing is run,
 * and what was not measured is `unknown`.
 */
export function findSignalPath(words: readonly string[], options: SignalPathOptions = {}): SignalPath {
  const facts = readPackageFacts(options.packageJson);
  const { best, ...path } = walk(words, { shell: options.shell ?? 'unknown', facts, depth: 0 });
  const settled = signalsAll(options.platform) ? signalledByItself(path) : path;
  const isFine = settled.reaches === 'yes' && settled.waits === 'yes';
  return { ...settled, instead: isFine || best === null || isSame(best, words) ? null : best };
}

function signalsAll(id: PlatformId | undefined): boolean {
  const platform: Platform | undefined = id === undefined ? undefined : platforms[id];
  return platform !== undefined && platform.reaches !== 'top-process';
}

/** Where every process gets the signal from the platform, and has its time, nothing depends on what stands in front. */
function signalledByItself(path: SignalPath): SignalPath {
  return path.reaches === 'yes' && path.waits === 'yes'
    ? path
    : { ...path, reaches: 'yes', waits: 'yes', why: 'signalled-by-itself' };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}
