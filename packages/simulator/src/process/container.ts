import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SimulationError } from '../errors.js';
import type { RecordedContainer } from '../timeline/recording.js';

/** How the target is put where it would be in a container: as process 1 of a PID namespace, as far as that can be had. */
export interface Container extends RecordedContainer {
  /** What stands in front of the command. */
  readonly prefix: readonly string[];
}

/** In order of likeness: as it is, with the same user in a namespace of users, and as that one's root. */
const ways = [[], ['--user', '--map-current-user'], ['--user', '--map-root-user']];
const flags = ['--pid', '--fork', '--kill-child', '--mount-proc'];
/** Small inits that pass a signal on to one child and exit as it does, with what makes them do so. */
const inits = [
  ['tini', '--'],
  ['docker-init', '--'],
  ['dumb-init', '--single-child', '--'],
];
const ownInit = fileURLToPath(new URL('./init.js', import.meta.url));
const probeTimeMs = 10_000;

let found: Promise<{ prefix: string[] } | { why: string }> | undefined;

/** Puts the target into a container, or says why it is run as an ordinary process. */
export async function toContainer(
  wanted: { readonly pid1: boolean; readonly init: boolean },
  environment: NodeJS.ProcessEnv,
): Promise<Container> {
  const ordinary = { isPid1: false, init: null, prefix: [] };
  if (!wanted.pid1) return { ...ordinary, why: 'turned-off' };
  found ??= findNamespace();
  const namespace = await found;
  if ('why' in namespace) return { ...ordinary, why: namespace.why };
  const init = wanted.init ? findInit(environment) : undefined;
  return {
    isPid1: true,
    init: init?.name ?? null,
    prefix: [...namespace.prefix, ...(init?.command ?? [])],
  };
}

/** Whether a namespace can be made is told by making one: kernels, containers and security modules all have a say. */
async function findNamespace(): Promise<{ prefix: string[] } | { why: string }> {
  if (process.platform !== 'linux') return { why: `no PID namespaces on ${process.platform}` };
  let why = '';
  for (const way of ways) {
    const prefix = ['unshare', ...way, ...flags, '--'];
    const [file = '', ...args] = [...prefix, '/bin/sh', '-c', 'test $$ = 1'];
    const refusal = await new Promise<string | undefined>((done) => {
      execFile(file, args, { timeout: probeTimeMs, killSignal: 'SIGKILL' }, (error, _stdout, stderr) => {
        if (error === null) done(undefined);
        else if (error.code === 'ENOENT') done('unshare is not installed');
        else done(stderr.trim().split('\n')[0] || 'unshare failed');
      });
    });
    if (refusal === undefined) return { prefix };
    why = refusal;
  }
  return { why };
}

function findInit(environment: NodeJS.ProcessEnv): { name: string; command: readonly string[] } {
  for (const command of inits) {
    const [name = ''] = command;
    if (lookUp(name, environment, undefined) === 'executable') return { name, command };
  }
  return { name: "sigterm's own", command: [process.execPath, ownInit, '--'] };
}

/** Refuses what cannot be executed: inside the namespace nobody could tell that from a command that fails. */
export function requireExecutable(
  file: string,
  environment: NodeJS.ProcessEnv,
  cwd: string | undefined,
): void {
  const result = lookUp(file, environment, cwd);
  if (result === 'executable') return;
  throw new SimulationError('command-not-started', { command: file, errorCode: result });
}

function lookUp(
  file: string,
  environment: NodeJS.ProcessEnv,
  cwd: string | undefined,
): 'executable' | 'ENOENT' | 'EACCES' {
  const directory = cwd ?? process.cwd();
  const places = file.includes('/')
    ? [resolve(directory, file)]
    : (environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin')
        .split(delimiter)
        .map((entry) => join(resolve(directory, entry), file));
  let isThere = false;
  for (const place of places) {
    try {
      // Throws also where a directory on the PATH is not ours to read: what is in there is not found by anybody.
      if (!statSync(place).isFile()) continue;
    } catch {
      continue;
    }
    try {
      accessSync(place, constants.X_OK);
      return 'executable';
    } catch {
      isThere = true;
    }
  }
  return isThere ? 'EACCES' : 'ENOENT';
}
