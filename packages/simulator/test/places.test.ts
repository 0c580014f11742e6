import { createRequire } from 'node:module';
import { createFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describeCheck, reporters, type CheckId, type Report } from 'sigterm';
import { checkOf, fixture, run, runFixture } from './support/run-fixture.js';

const tsx = createRequire(import.meta.url).resolve('tsx');
/** The lines that the tests name are marked. */
const server = `import { createServer, type Server } from 'node:http';

interface Stopped {
  readonly server: Server;
}

function stop({ server }: Stopped): void {
  server.close();
  process.exit(0); // exit
}

const server = createServer((_request, response) => {
  response.end('hello\\n');
});
const stopped: Stopped = { server };
if (process.env['DEAF'] === undefined) process.on('SIGTERM', () => stop(stopped)); // handler
server.listen(Number(process.env['PORT'] ?? 0)); // listen
`;

function lineOf(mark: string): number {
  return server.split('\n').findIndex((line) => line.endsWith(`// ${mark}`)) + 1;
}

function placeOf(report: Report, id: CheckId) {
  return checkOf(report, id).place;
}

let files: Awaited<ReturnType<typeof createFixture>>;

beforeAll(async () => {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, sourceMap: true };
  const compiled = ts.transpileModule(server, { compilerOptions, fileName: 'server.ts' });
  const sources = ['../src/server.ts'];
  files = await createFixture({
    'src/server.ts': server,
    'dist/server.js': compiled.outputText,
    'dist/server.js.map': JSON.stringify({
      ...(JSON.parse(compiled.sourceMapText ?? '') as object),
      sources,
    }),
    'package.json': JSON.stringify({
      type: 'module',
      scripts: { start: 'exec node --enable-source-maps dist/server.js' },
    }),
  });
});

afterAll(() => files.rm());

describe('a bad verdict names the line', () => {
  it.each([
    { how: 'through tsx', command: ['node', '--import', tsx, 'src/server.ts'] },
    { how: 'of what was compiled, without a word to node', command: ['node', 'dist/server.js'] },
    { how: 'through npm, with source maps in node', command: ['npm', 'start'] },
  ] as const)('that ends the process, $how', async ({ command: [program, ...args] }) => {
    const report = await run([program, ...args], { cwd: files.path });
    expect(placeOf(report, 'in-flight-requests')).toEqual({
      what: 'exit',
      file: files.getPath('src/server.ts'),
      line: lineOf('exit'),
      column: expect.any(Number) as unknown,
    });
    expect(reporters.pretty(report)).toContain(
      `the process is ended at src/server.ts:${String(lineOf('exit'))}`,
    );
  });

  it('that lets the server listen, where nothing handles the signal', async () => {
    const report = await run(['node', 'dist/server.js'], { cwd: files.path, env: { DEAF: '1' } });
    for (const id of ['in-flight-requests', 'exit-code'] as const) {
      expect(placeOf(report, id)).toMatchObject({ what: 'listen', line: lineOf('listen') });
    }
  });

  it.each([
    ['express', 9],
    ['fastify', 7],
  ])('from which %s is told to listen', async (framework, line) => {
    const file = fileURLToPath(new URL(`../../../fixtures/${framework}/unsafe/server.js`, import.meta.url));
    const report = await run([process.execPath, file], { env: { PORT: '0' } });
    expect(placeOf(report, 'in-flight-requests')).toMatchObject({ what: 'listen', file, line });
  });

  it('that threw, also of process 1 of a container, and says what', async () => {
    const report = await runFixture('crash-in-drain.mjs', { platform: 'docker', graceMs: 10_000 });
    expect(placeOf(report, 'exit-code')).toMatchObject({
      what: 'throw',
      file: fixture('crash-in-drain.mjs'),
      line: 10,
      message: 'Error: the pool was closed twice',
    });
    const told = report.runs[0].run.events.filter(({ type }) => type === 'exit-called' || type === 'exited');
    expect(told).toMatchObject([{ type: 'exit-called' }, { type: 'exited' }]);
  });

  it.each([
    [1, 'exit-code/error', '1 (ended by @scope/stops)'],
    [0, 'exit-code/zero-hides', '0 (ended by @scope/stops), which hides what went wrong'],
  ])(
    'of which there is none in a package that exits with %s, and says which one it is',
    async (exitCode, code, text) => {
      await using app = await createFixture({
        'server.cjs': `require('wraps-exit');
require('@scope/stops')();
require('node:http').createServer((request, response) => response.end('hello')).listen(process.env.PORT ?? 0);
`,
        'node_modules/wraps-exit/index.js': `const { exit } = process;
process.exit = function wrapped(code) { exit.call(process, code); };
const { reallyExit } = process;
process.reallyExit = function alsoWrapped(code) { reallyExit.call(process, code); };
`,
        'node_modules/@scope/stops/index.js': `const stop = () => setTimeout(() => process.exit(${String(exitCode)}), 50);
module.exports = () => process.on('SIGTERM', stop);
`,
      });
      const check = checkOf(await run(['node', 'server.cjs'], { cwd: app.path }), 'exit-code');
      expect(check).toMatchObject({ code, args: { by: '@scope/stops' } });
      expect(describeCheck(check).text).toBe(text);
    },
  );

  it('of the command, where the signal does not reach the server', async () => {
    const report = await run(['sh', '-c', `"${process.execPath}" "${fixture('correct-drain.mjs')}"; true`], {
      graceMs: 2_000,
    });
    expect(checkOf(report, 'wrapper').status).toBe('fail');
    for (const { status, place } of report.runs[0].checks) {
      if (status === 'fail') expect(place?.what).toBe('start');
    }
  });

  it('and nothing where all is well', async () => {
    const report = await runFixture('correct-drain.mjs');
    expect(report.runs[0].checks.filter(({ place }) => place !== undefined)).toEqual([]);
  });
});
