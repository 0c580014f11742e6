import { ESLint } from 'eslint';
import gracefulShutdown from 'eslint-plugin-graceful-shutdown';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startLoad } from '../fixtures/test/load.js';
import { run } from '../fixtures/test/run.js';
import { median, table } from './report.js';

const TRIALS = 8;
const PEERS = ['server.close()', 'stoppable', 'http-terminator', 'http-graceful-shutdown'];
const source = fileURLToPath(new URL('drain-server.mjs', import.meta.url));

/**
 * Requests lost and time to exit when SIGTERM comes while 50 clients ask over kept-alive connections, a pause of up to
 * 40 ms between their requests: the scaffold beside the libraries of the field and `server.close()` alone.
 */
export async function benchDrain(): Promise<void> {
  const rows: string[][] = [];
  const ours = await measure('scaffold', await scaffolded());
  for (const { name, lost, exitMs, shutdowns } of [ours, ...(await measureAll(PEERS))]) {
    const ratio = (exitMs / ours.exitMs).toFixed(2);
    rows.push([name, String(lost), `${shutdowns} of ${TRIALS}`, exitMs.toFixed(0), ratio]);
  }
  console.log(`\nDrain under load (Node ${process.versions.node}, ${TRIALS} shutdowns each)\n`);
  table(['', 'requests lost', 'shutdowns that lost', 'exit after ms (median)', 'ratio to ours'], rows);
}

async function measureAll(methods: string[]) {
  const results = [];
  for (const method of methods) results.push(await measure(method, source));
  return results;
}

async function measure(name: string, file: string) {
  let lost = 0;
  let shutdowns = 0;
  const exits: number[] = [];
  process.env.METHOD = name;
  for (let trial = 0; trial < TRIALS; trial++) {
    await using server = await run(process.execPath, file);
    const load = startLoad({ port: server.port, secure: false, clients: 50, pauseMs: 40 });
    await load.answered(500);
    load.markSignal();
    const sentAt = performance.now();
    server.child.kill('SIGTERM');
    const [exit, result] = await Promise.all([server.exited, load.finished]);
    exits.push(exit.atMs - sentAt);
    lost += result.lost.length;
    if (result.lost.length > 0) shutdowns++;
  }
  return { name, lost, shutdowns, exitMs: median(exits) };
}

/** The server without any shutdown, and with what the fix writes into it. */
async function scaffolded(): Promise<string> {
  const folder = fileURLToPath(new URL('../.cache/bench', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/scaffold.mjs`;
  writeFileSync(file, readFileSync(source, 'utf8').replace(/\/\/ --- the methods[\s\S]*/, ''));
  const eslint = new ESLint({
    cwd: folder,
    fix: true,
    ignore: false,
    overrideConfigFile: true,
    overrideConfig: gracefulShutdown.configs.recommended,
  });
  await ESLint.outputFixes(await eslint.lintFiles([file]));
  return file;
}
