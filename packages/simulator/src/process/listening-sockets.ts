import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A listening TCP socket of a process. */
export interface ListeningSocket {
  readonly pid: number;
  /** As the process bound it: `0.0.0.0`, `::`, `127.0.0.1` … */
  readonly address: string;
  readonly port: number;
}

/** The TCP sockets on which these processes listen; on Linux those of a process in the order in which it opened them. */
export function findListeningSockets(pids: readonly number[]): ListeningSocket[] {
  if (pids.length === 0) return [];
  return process.platform === 'linux' ? pids.flatMap(readProcSockets) : readLsof(pids);
}

function readProcSockets(pid: number): ListeningSocket[] {
  const descriptors = readSocketDescriptors(pid);
  if (descriptors.size === 0) return [];
  const found: (Omit<ListeningSocket, 'pid'> & { readonly descriptor: number })[] = [];
  // The table of the process, not ours: it may live in another network namespace.
  for (const table of ['tcp', 'tcp6']) {
    let text: string;
    try {
      text = readFileSync(`/proc/${String(pid)}/net/${table}`, 'utf8');
    } catch {
      continue;
    }
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      const [local, state, inode] = [fields[1], fields[3], fields[9]];
      // 0A is LISTEN.
      const descriptor = descriptors.get(inode ?? '');
      if (local === undefined || state !== '0A' || descriptor === undefined) continue;
      const [address = '', port = ''] = local.split(':');
      found.push({ descriptor, address: toAddress(address), port: Number.parseInt(port, 16) });
    }
  }
  // The tables have an order of their own.
  return found
    .sort((one, other) => one.descriptor - other.descriptor)
    .map(({ address, port }) => ({ pid, address, port }));
}

/** The descriptors of the sockets of a process by inode. The next one is the lowest free number: they rise, unless one was closed. */
function readSocketDescriptors(pid: number): Map<string, number> {
  const byInode = new Map<string, number>();
  let descriptors: string[];
  try {
    descriptors = readdirSync(`/proc/${String(pid)}/fd`);
  } catch {
    return byInode;
  }
  for (const descriptor of descriptors) {
    try {
      const match = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${String(pid)}/fd/${descriptor}`));
      if (match?.[1] !== undefined) byInode.set(match[1], Number(descriptor));
    } catch {
      // Closed between the two calls.
    }
  }
  return byInode;
}

/** The kernel writes addresses as 32-bit words in the byte order of the machine (little-endian where node runs). */
function toAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return '::1';
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff) return bytes.slice(12).join('.');
  const groups: string[] = [];
  for (let index = 0; index < 16; index += 2) {
    groups.push((((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)).toString(16));
  }
  return groups.join(':');
}

function readLsof(pids: readonly number[]): ListeningSocket[] {
  let text: string;
  try {
    text = execFileSync('lsof', ['-nP', '-a', '-iTCP', '-sTCP:LISTEN', '-Fpn', '-p', pids.join(',')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    // lsof exits with 1 when it finds nothing.
    return [];
  }
  const found: ListeningSocket[] = [];
  let pid = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    const match = /^n\[?([^\]]*?)\]?:(\d+)$/.exec(line);
    if (match?.[1] === undefined) continue;
    found.push({ pid, address: match[1] === '*' ? '::' : match[1], port: Number(match[2]) });
  }
  return found;
}
