import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMark } from './support/processes.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Action {
  readonly inputs: Record<string, { description: string; default: string }>;
  readonly outputs: Record<string, { value: string }>;
  readonly runs: { using: string; steps: Step[] };
}

interface Step {
  readonly id: string;
  readonly shell: string;
  readonly run: string;
  readonly env: Record<string, string>;
}

const action = parse(readFileSync(`${root}action.yml`, 'utf8')) as Action;
const step = (id: string) => action.runs.steps.find((one) => one.id === id) as Step;

const server = (drains: boolean) => `import { createServer } from 'node:http';
const server = createServer((request, response) => response.end('ok'));
server.listen(process.env.PORT);
${
  drains
    ? `for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {
  server.close(() => process.exit(0));
  setInterval(() => server.closeIdleConnections(), 100).unref();
  setTimeout(() => process.exit(1), 8000).unref();
});`
    : ''
}
`;

/** Runs the script of a step as the runner does, in a folder with the packages that it would have installed. */
async function runStep(id: string, files: Record<string, string>, values: Record<string, string>) {
  await using folder = await createFixture({
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`project/${name}`, text])),
    'tools/eslint.config.mjs': readFileSync(`${root}action/eslint.config.mjs`, 'utf8'),
    'tools/annotations.mjs': readFileSync(`${root}action/annotations.mjs`, 'utf8'),
    output: '',
    summary: '',
  });
  symlinkSync(`${root}node_modules`, folder.getPath('tools/node_modules'));
  const mark = createMark();
  const env = {
    ...process.env,
    ...mark.env,
    ...Object.fromEntries(Object.keys(step(id).env).map((name) => [name, values[name] ?? ''])),
    FOLDER: folder.getPath('tools'),
    RUNNER_TEMP: folder.path,
    GITHUB_OUTPUT: folder.getPath('output'),
    GITHUB_STEP_SUMMARY: folder.getPath('summary'),
    GITHUB_WORKSPACE: folder.getPath('project'),
  };
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step(id).run],
    { cwd: folder.getPath('project'), env, encoding: 'utf8' },
  );
  expect(mark.alive()).toEqual([]);
  const read = (name: string) => readFileSync(folder.getPath(name), 'utf8');
  const outputs = Object.fromEntries(
    read('output')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('=') as [string, string]),
  );
  const reports = ['report.html', 'report.sarif', 'report.xml', 'recording.json'].filter((name) =>
    existsSync(`${outputs['reports'] ?? ''}/${name}`),
  );
  return { status, stdout, stderr, reports, summary: read('summary') };
}

describe('the GitHub action', () => {
  it('is composite, and every input and output it uses is declared', () => {
    expect(action.runs.using).toBe('composite');
    for (const { shell } of action.runs.steps) expect(shell).toBe('bash');
    const text = readFileSync(`${root}action.yml`, 'utf8');
    const used = new Set([...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
    // What an input holds is never part of a script: it would be run.
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });

  it.each(['install', 'lint', 'simulate'])('the script of %s is one that bash understands', (id) => {
    execFileSync('bash', ['-n', '-c', step(id).run]);
  });

  it('annotates what the linter finds', async () => {
    const files = {
      'src/server.ts': `const port: number = 1;\n${server(false)}`,
      'eslint.config.js': 'throw new Error();',
    };
    const { status, stdout } = await runStep('lint', files, { FILES: '.' });
    expect(stdout).toMatch(
      /^::error file=src\/server\.ts,line=4,col=8,title=graceful-shutdown\/require-signal-handlers::/m,
    );
    expect(status).toBe(1);
    const clean = await runStep('lint', { 'server.js': server(true) }, { FILES: '.' });
    expect(clean).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing to report.') });
  });

  it('annotates what the simulation finds, and keeps the reports', async () => {
    const ARGUMENTS = '--requests 2 --hold 700ms';
    const files = { 'server.mjs': server(false) };
    const bad = await runStep('simulate', files, { ARGUMENTS, COMMAND: 'node server.mjs' });
    expect(bad).toMatchObject({ status: 1, stderr: '' });
    expect(bad.stdout).toContain(
      '::error file=server.mjs,line=3,title=sigterm%3A in-flight requests::2 of 2 lost',
    );
    expect(bad.summary).toContain('## ❌ Not graceful: `node server.mjs`');
    expect(bad.reports).toHaveLength(4);
    const config = `export default { targets: { api: { command: 'node server.mjs' }, none: { command: 'x' } } };`;
    const good = await runStep(
      'simulate',
      { 'server.mjs': server(true), 'sigterm.config.mjs': config },
      { ARGUMENTS, TARGETS: 'api' },
    );
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.summary).toContain('✅ Graceful: `api`');
  });
});
