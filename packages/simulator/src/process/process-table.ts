import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One row of the system's process table. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
  readonly sessionId: number;
  /** When it started, in whatever form the system gives it: with the pid it names a process uniquely. */
  readonly startTime: string;
  /** Ended, but not yet collected by its parent. */
  readonly isZombie: boolean;
}

const hasProc = process.platform === 'linux';

/** All processes of the machine that we may see. */
export function readProcessTable(): ProcessEntry[] {
  return hasProc ? readProc() : readPs();
}

/** One process, or `undefined` where there is none with this pid. */
export function findProcess(pid: number): ProcessEntry | undefined {
  return hasProc ? readStat(pid) : readPs().find((entry) => entry.pid === pid);
}

/** The command line of a process, in one line of at most `length` characters. */
export function readCommandLine(pid: number, length = 100): string {
  let command: string;
  try {
    command = hasProc
      ? readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
  const line = command.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/**
 * Whether the environment a process was started with has this entry; undefined where it cannot be told now, because the
 * process is just starting its program. Linux only; elsewhere always false.
 */
export function hasEnvironmentEntry(pid: number, entry: string): boolean | undefined {
  if (!hasProc) return false;
  try {
    const environment = readFileSync(`/proc/${String(pid)}/environ`, 'utf8');
    return environment === '' ? undefined : environment.split('\0').includes(entry);
  } catch {
    return false;
  }
}

function readProc(): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const entry = readStat(pid);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

function readStat(pid: number): ProcessEntry | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parentPid, groupId, sessionId] = fields;
  const startTime = fields[19];
  if (state === undefined || startTime === undefined) return undefined;
  return {
    pid,
    parentPid: Number(parentPid),
    groupId: Number(groupId),
    sessionId: Number(sessionId),
    startTime,
    isZombie: state === 'Z' || state === 'X',
  };
}

function readPs(): ProcessEntry[] {
  const text = execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C' },
  });
  const entries: ProcessEntry[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (match === null) continue;
    entries.push({
      pid: Number(match[1]),
      parentPid: Number(match[2]),
      groupId: Number(match[3]),
      // macOS does not tell the session by number; groups and parents have to do.
      sessionId: -1,
      startTime: match[5] ?? '',
      isZombie: match[4]?.startsWith('Z') ?? false,
    });
  }
  return entries;
}
