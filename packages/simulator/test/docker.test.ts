import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFixture, type FsFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { createMark, until } from './support/processes.js';
import { sigtermIn } from './support/run-cli.js';
import { expectReport } from './support/schemas.js';

// Docker itself is not everywhere: an executable that takes its place on the PATH notes the calls and really runs, and
// really stops, a server on the published port.
const engines = fileURLToPath(new URL('fixtures/engines', import.meta.url));
const environmentOf = (folder: FsFixture) => ({
  PATH: `${engines}${delimiter}${process.env['PATH'] ?? ''}`,
  DOCKER_STAND_IN: folder.path,
});
const quick = ['--driver', 'docker', '--requests', '3', '--idle', '1', '--path', '/slow'];

async function sigterm(args: readonly string[], environment: Record<string, string> = {}) {
  await using folder = await createFixture({});
  const run = await sigtermIn(folder.path, args, { ...environmentOf(folder), ...environment });
  const calls = existsSync(folder.getPath('calls')) ? readFileSync(folder.getPath('calls'), 'utf8') : '';
  const containers = existsSync(folder.getPath('containers'))
    ? readdirSync(folder.getPath('containers'))
    : [];
  expect(containers).toEqual([]);
  return { ...run, calls };
}

it('runs an image, stops it as docker does, judges it like any black box, and leaves no container', async () => {
  const { exitCode, stdout, calls } = await sigterm([
    ...quick,
    ...['--env', 'GREETING=hi there', '--init', '--json', '--', 'good', '--verbose'],
  ]);
  expect(exitCode).toBe(0);
  const report = JSON.parse(stdout) as {
    runs: { checks: { code: string }[] }[];
    recording: { runs: { output: string }[] };
  };
  expectReport(report);
  const codes = report.runs[0]?.checks.map(({ code }) => code);
  expect(codes).toEqual(
    expect.arrayContaining([
      'in-flight/complete',
      'idle/closed',
      'exit/in-time',
      'exit-code/zero',
      'driver/docker',
    ]),
  );
  expect(codes?.some((code) => code.startsWith('accepting/'))).toBe(false);
  expect(report.recording.runs[0]?.output).toContain('greeting hi there');
  expect(calls).toMatch(
    /^run --detach --label sigterm --init --stop-signal SIGTERM --stop-timeout 10 --publish-all --env GREETING=hi there --name (sigterm-\S+) good --verbose$/m,
  );
  expect(calls).toMatch(/^stop -t 10 sigterm-\S+$/m);
  expect(calls.trimEnd().split('\n').at(-1)).toMatch(/^rm --force --volumes sigterm-/);
});

it('sees what is lost, what ignores the signal, what ran out of memory, and the signal of the image', async () => {
  const bad = await sigterm([...quick, '--', 'bad']);
  expect(bad.exitCode).toBe(1);
  expect(bad.stdout).toContain('3 of 3 lost');
  const deaf = await sigterm([...quick, '--grace', '2500ms', '--requests', '1', '--', 'deaf']);
  expect(deaf.exitCode).toBe(1);
  expect(deaf.calls).toContain('stop -t 3');
  expect(deaf.stdout).toMatch(/killed after 3 s: SIGTERM had not ended it/);
  const hungry = await sigterm([...quick, '--', 'hungry']);
  expect(hungry.exitCode).toBe(1);
  expect(hungry.stdout.replaceAll(/\s+/g, ' ')).toContain('had used up its memory');
  const sigint = await sigterm([...quick, '--port', '8080', '--', 'sigint']);
  expect(sigint.exitCode).toBe(0);
  expect(sigint.stdout).toContain('SIGINT as from Docker');
  expect(sigint.calls).toContain('--publish 127.0.0.1::8080');
});

it.each([
  [
    ['--', 'nowhere'],
    {},
    'The image "nowhere" is not here and cannot be pulled: Error response from daemon: pull access',
  ],
  [['--', 'good'], { DOCKER_DOWN: '1' }, 'docker cannot be used: Cannot connect to the Docker daemon'],
  [['--', 'good'], { PATH: '/nowhere' }, 'The command "docker" could not be run (ENOENT)'],
  [['--', 'silent'], {}, 'exposes no port, so none is published'],
  [['--', 'dies'], {}, 'The target ended with exit code 3'],
  // The machine may be so slow that it seemed worth trying.
  [['--path', '/', '--', 'good'], {}, /no request can be kept in flight|none was in flight when/],
  [['--platform', 'heroku', '--', 'good'], {}, 'it cannot act as heroku'],
  [['--scenario', 'terminal', '--', 'good'], {}, 'With --driver docker terminal cannot be tried'],
  [['--driver', 'podman', '--', 'good'], {}, '--driver cannot be "podman"'],
])('explains %j', async (args, environment, sentence) => {
  const { exitCode, stderr } = await sigterm([...quick, ...args], environment);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(sentence);
});

it.each(['SIGINT', 'SIGKILL'] as const)('leaves no container when it gets %s itself', async (signal) => {
  await using folder = await createFixture({});
  const mark = createMark();
  const bin = fileURLToPath(new URL('../bin/sigterm.js', import.meta.url));
  const child = spawn(process.execPath, [bin, ...quick, '--grace', '600s', '--', 'deaf'], {
    env: { ...process.env, ...environmentOf(folder), ...mark.env },
    stdio: 'ignore',
  });
  const calls = () =>
    existsSync(folder.getPath('calls')) ? readFileSync(folder.getPath('calls'), 'utf8') : '';
  await until(() => calls().includes('stop -t'));
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  await mark.gone();
  expect(calls()).toMatch(/^rm --force --volumes sigterm-/m);
  expect(readdirSync(folder.getPath('containers'))).toEqual([]);
});
