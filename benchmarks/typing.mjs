import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { makePackage } from './large-package.ts';
import { table, median } from './report.ts';

const server = fileURLToPath(new URL('../packages/vscode/dist/language-server/main.cjs', import.meta.url));

const LINES = 1000;
/** The first few are slower, while the compiler of Node.js learns the code; they count too. */
const BURSTS = 30;
/** A fast typist, at some 120 words a minute. */
const KEYS = 4;
const KEY_EVERY_MS = 100;
/** How many other files a large package has. */
const NEIGHBOURS = 1000;
/** Where the name stands that grows: each stroke leaves a text that can be parsed. */
const NAME_AT = 'const '.length;
/** A server that says nothing ends the benchmark. */
const LIMIT_MS = 30_000;

/** From the last key stroke of a burst to its problems, by the bundled server over stdio. */
export async function benchTyping() {
  const temporary = mkdtempSync(join(tmpdir(), 'bench-typing-'));
  try {
    const [alone, large] = [join(temporary, 'alone'), join(temporary, 'large')];
    makePackage(alone, 1);
    makePackage(large, NEIGHBOURS);
    const rows = [];
    for (const [name, folder, file, language] of /** @type {const} */ ([
      ['JavaScript', alone, 'server.js', 'javascript'],
      ['TypeScript', alone, 'server.ts', 'typescript'],
      [`JavaScript, beside ${String(NEIGHBOURS)} files`, large, 'server.js', 'javascript'],
      [`TypeScript, beside ${String(NEIGHBOURS)} files`, large, 'server.ts', 'typescript'],
    ])) {
      const { times, cpu } = await typeInto(folder, file, language);
      const sorted = times.toSorted((one, other) => one - other);
      rows.push([
        name,
        median(times),
        sorted[Math.floor(sorted.length * 0.9)] ?? NaN,
        sorted.at(-1) ?? NaN,
        cpu,
      ]);
    }
    console.log(
      `\nFrom the last key stroke to the problem, in a file of ${String(LINES)} lines (ms, ${String(BURSTS)} times, the pause after typing included)\n`,
    );
    table(
      ['', 'median', '90 %', 'worst', 'CPU for each burst'],
      rows.map(([name, ...values]) => [name, ...values.map((value) => value.toFixed(0))]),
    );
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/**
 * @param {string} folder
 * @param {string} file
 * @param {string} languageId
 * @returns {Promise<{ times: number[], cpu: number }>} the CPU time also on a crowded machine what it is
 */
async function typeInto(folder, file, languageId) {
  const text = source(languageId === 'typescript');
  const uri = pathToFileURL(join(folder, file)).href;
  writeFileSync(join(folder, file), text);
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  /** @type {Map<number, (params: any) => void>} */
  const waiting = new Map();
  connection.onNotification('textDocument/publishDiagnostics', (params) =>
    waiting.get(params.version)?.(params),
  );
  /** @param {number} version */
  const published = (version) =>
    new Promise((resolve, reject) => {
      waiting.set(version, resolve);
      setTimeout(() => reject(new Error(`no answer for version ${String(version)}`)), LIMIT_MS).unref();
    });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'bench' }],
  });
  await connection.sendNotification('initialized', {});
  const opened = published(1);
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });
  await opened;
  const line = text.split('\n').findIndex((content) => content.includes('typed here'));
  const times = [];
  let version = 1;
  const cpuBefore = cpuMs(child.pid);
  for (let burst = 0; burst < BURSTS; burst += 1) {
    let answer = Promise.resolve({ diagnostics: [] });
    let start = 0;
    for (let key = 0; key < KEYS; key += 1) {
      if (key > 0) await delay(KEY_EVERY_MS);
      version += 1;
      if (key === KEYS - 1) answer = published(version);
      start = performance.now();
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [
          { range: { start: { line, character: NAME_AT }, end: { line, character: NAME_AT } }, text: 'x' },
        ],
      });
    }
    const { diagnostics } = await answer;
    times.push(performance.now() - start);
    if (diagnostics.length === 0) throw new Error(`${file} has no problem, so nothing was measured`);
  }
  const cpu = (cpuMs(child.pid) - cpuBefore) / BURSTS;
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await once(child, 'exit');
  return { times, cpu };
}

/**
 * The CPU time that a process has had; NaN where the system does not tell it in /proc.
 * @param {number | undefined} pid
 */
function cpuMs(pid) {
  const file = `/proc/${String(pid)}/stat`;
  if (!existsSync(file)) return NaN;
  // Behind the name, which may have spaces in it: the 12th and 13th value, in hundredths of a second.
  const values = readFileSync(file, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(values[11]) + Number(values[12])) * 10;
}

/**
 * A server as they are: routes with some code in them, and a `listen()` at the end.
 * @param {boolean} typed
 */
function source(typed) {
  const type = (name) => (typed ? `: ${name}` : '');
  const head = [
    `import express from 'express';`,
    `import './src/part0.js';`,
    'const app = express();',
    'const _ = 0; // typed here',
  ];
  const tail = ['app.listen(3000, () => {', "  console.log('listening');", '});', ''];
  const lines = [];
  for (let route = 0; head.length + lines.length + tail.length < LINES; route += 1) {
    lines.push(
      `app.get('/items/${String(route)}', async (request, response) => {`,
      `  const filter${type('Record<string, unknown>')} = { id: request.params.id, page: Number(request.query.page ?? ${String(route)}) };`,
      `  const items${type('number[]')} = await find${String(route)}(filter);`,
      '  if (items.length === 0) return response.status(404).end();',
      '  for (const item of items) response.write(`${String(item)}\\n`);',
      '  response.end();',
      '});',
      `async function find${String(route)}(filter${type('object')})${type('Promise<number[]>')} {`,
      '  return Object.keys(filter).map((key, index) => key.length + index);',
      '}',
    );
  }
  return [...head, ...lines, ...tail].join('\n');
}
