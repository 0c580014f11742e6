/**
 * What a wrapper does with a signal. `replaces`: it becomes its command, there is no process between. `passes`: it gives
 * the signal to its command and ends after it. `passes-to-group`: it gives it to everything below, and ends with its
 * command. `passes-to-tree`: it gives it to everything below and ends after all of that. `ends-first`: it gives it to its
 * command and ends at once. `drops`: nothing below learns of it.
 */
export type WrapperDoes =
  'replaces' | 'passes' | 'passes-to-group' | 'passes-to-tree' | 'ends-first' | 'drops';

/** A program that starts another one. Measured with SIGTERM and SIGINT, on a host and as process 1 of a container. */
export interface Wrapper {
  readonly does: WrapperDoes;
  /** The version it was measured with. */
  readonly measured: string;
  /** The index in its words where its command starts. Absent: it starts the server by means of its own. */
  readonly commandAt?: (words: readonly string[]) => number;
  /** What it sends in place of the signal it got. */
  readonly sends?: 'SIGINT';
  /** What it sends beside the signal it got, a moment later and more than once. */
  readonly alsoSends?: 'SIGINT';
  /** Milliseconds after which it kills its command itself. */
  readonly killsAfterMs?: number;
}

type CommandAt = NonNullable<Wrapper['commandAt']>;

/** Skips options; those of `valued` take the next word. `--` ends them. */
function afterOptions(valued: readonly string[] = []): CommandAt {
  return (words) => {
    let index = 1;
    while (index < words.length && words[index]?.startsWith('-')) {
      if (words[index] === '--') return index + 1;
      index += valued.includes(words[index] ?? '') ? 2 : 1;
    }
    return index;
  };
}

/** Skips options and `NAME=value`. */
function afterAssignments(valued: readonly string[] = []): CommandAt {
  return (words) => {
    let index = afterOptions(valued)(words);
    while (/^[A-Za-z_]\w*=/.test(words[index] ?? '')) index++;
    return index;
  };
}

/** Skips options and the time behind them. */
const afterTime: CommandAt = (words) => afterOptions(['-s', '--signal', '-k', '--kill-after'])(words) + 1;

const coreutils = 'coreutils 9.1';

/** Wrappers by the name of their program. */
export const wrappers: Readonly<Record<string, Wrapper>> = {
  env: { does: 'replaces', measured: coreutils, commandAt: afterAssignments(['-u', '-C', '-S']) },
  nice: { does: 'replaces', measured: coreutils, commandAt: afterOptions(['-n']) },
  nohup: { does: 'replaces', measured: coreutils, commandAt: afterOptions() },
  stdbuf: { does: 'replaces', measured: coreutils, commandAt: afterOptions(['-i', '-o', '-e']) },
  timeout: { does: 'passes', measured: coreutils, commandAt: afterTime },
  tini: { does: 'passes', measured: '0.19.0', commandAt: afterOptions(['-p', '-e']) },
  'docker-init': { does: 'passes', measured: 'tini 0.19.0', commandAt: afterOptions(['-p', '-e']) },
  'dumb-init': { does: 'passes-to-group', measured: '1.2.5', commandAt: afterOptions(['-r', '--rewrite']) },
  tsx: { does: 'passes', measured: '4.23.15' },
  // Its own end takes the tree below it down with SIGINT: at once, and again through the command kill.
  nodemon: { does: 'passes', measured: '3.1.14', alsoSends: 'SIGINT' },
  'cross-env': { does: 'passes', measured: '10.1.0', commandAt: afterAssignments() },
  dotenv: {
    does: 'passes',
    measured: 'dotenv-cli 11.0.0',
    commandAt: afterOptions(['-e', '-p', '-v', '-c']),
  },
  concurrently: { does: 'passes-to-tree', measured: '9.2.5' },
  'pm2-runtime': {
    does: 'passes',
    measured: '7.0.4',
    sends: 'SIGINT',
    killsAfterMs: 1_600,
  },
  'run-s': { does: 'drops', measured: 'npm-run-all2 8.0.4' },
  'run-p': { does: 'drops', measured: 'npm-run-all2 8.0.4' },
};

/** What these words do, where an option of the wrapper changes it. */
export function doesOf(name: string, wrapper: Wrapper, words: readonly string[]): WrapperDoes {
  const options = words.slice(1, wrapper.commandAt?.(words));
  const hasOption = (letter: string, long: string) =>
    options.some((word) => word === long || new RegExp(`^-\\w*${letter}\\w*$`).test(word));
  if (/^(tini|docker-init)$/.test(name) && hasOption('g', '--group')) return 'passes-to-group';
  if (name === 'dumb-init' && hasOption('c', '--single-child')) return 'passes';
  return wrapper.does;
}
