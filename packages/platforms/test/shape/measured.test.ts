import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSignalPath, type ShellKind } from '../../src/index.js';

const server = `
const socket = require('node:net').connect(Number(process.env.REPORT_PORT));
for (const signal of ['SIGTERM', 'SIGUSR2']) process.on(signal, () => socket.write(signal + '\\n'));
socket.write('ready ' + process.pid + '\\n');
socket.on('close', () => process.exit(0));
`;

/** What /bin/sh is here, where it can be told. */
function shellHere(): ShellKind {
  const [kind] = /(dash|bash|busybox)$/.exec(readlinkSync('/bin/sh')) ?? [];
  return (kind ?? 'unknown') as ShellKind;
}

const packageJson = JSON.stringify({ scripts: { start: 'node server.cjs', exec: 'exec node server.cjs' } });

describe.runIf(process.platform === 'linux')('what is said of a command is what happens', () => {
  const report = createServer();
  let port = 0;
  const folder = mkdtempSync(join(tmpdir(), 'signal-path-'));

  beforeAll(async () => {
    await once(report.listen(0, '127.0.0.1'), 'listening');
    port = (report.address() as { port: number }).port;
    writeFileSync(join(folder, 'server.cjs'), server);
    writeFileSync(join(folder, 'package.json'), packageJson);
  });
  afterAll(() => {
    report.close();
    rmSync(folder, { recursive: true });
  });

  const commands = [
    ['node', 'server.cjs'],
    ['env', 'A=1', 'node', 'server.cjs'],
    ['sh', '-c', 'node server.cjs'],
    ['sh', '-c', 'exec node server.cjs'],
    ['sh', '-c', 'node server.cjs; true'],
    ['bash', '-c', 'true && node server.cjs'],
    ['bash', '-c', 'node server.cjs > /dev/null'],
    ['npm', 'start'],
    ['npm', 'run', 'exec'],
  ];
  it.each(commands.map((words) => [words.join(' '), words] as const))('%s', async (_name, command) => {
    const said = findSignalPath(command, { packageJson, shell: shellHere() });
    const happened = await observe(command);
    if (said.reaches !== 'unknown') expect(happened).toBe(said.reaches);
  });

  /** Whether SIGTERM to the top process gets to the server. */
  async function observe([program = '', ...args]: readonly string[]): Promise<'yes' | 'no'> {
    const top: ChildProcess = spawn(program, args, {
      cwd: folder,
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, REPORT_PORT: String(port) },
    });
    try {
      const [socket] = (await once(report, 'connection')) as [Socket];
      const lines = readLines(socket);
      const pid = Number((await lines.next()).replace('ready ', ''));
      const gone = once(top, 'exit');
      process.kill(top.pid ?? 0, 'SIGTERM');
      // Whoever does not pass it on dies of it; what the server then gets from here comes after all it got before.
      const heard = lines.next();
      await Promise.race([heard, gone]);
      process.kill(pid, 'SIGUSR2');
      return (await heard) === 'SIGTERM' ? 'yes' : 'no';
    } finally {
      try {
        process.kill(-(top.pid ?? 0), 'SIGKILL');
      } catch {
        // Everything has ended already.
      }
    }
  }
});

/** The lines of a connection, one at a time. */
function readLines(socket: Socket): { next(): Promise<string> } {
  let text = '';
  const iterator = socket.setEncoding('utf8')[Symbol.asyncIterator]();
  return {
    async next() {
      while (!text.includes('\n')) {
        const { value, done } = await iterator.next();
        if (done === true) return '';
        text += String(value);
      }
      const end = text.indexOf('\n');
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      return line;
    },
  };
}
