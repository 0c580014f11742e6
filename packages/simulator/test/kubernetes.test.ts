import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { createMark, until } from './support/processes.js';
import { sigtermIn } from './support/run-cli.js';
import { expectReport } from './support/schemas.js';

// No cluster is at hand: an executable that takes the place of kubectl on the PATH notes the calls, and really starts
// new servers behind a front on the port of the URL and really ends the old ones with SIGTERM. Nothing here has been
// tried against a real cluster.
const engines = fileURLToPath(new URL('fixtures/engines', import.meta.url));
const kubectl = `${engines}/kubectl`;

interface Cluster {
  app: string;
  pods?: string[];
  grace?: number;
  preStop?: object;
  [trouble: string]: unknown;
}

/** A cluster with a Service; `pids` of what it runs go with it. */
async function startCluster(cluster: Cluster) {
  const folder = await createFixture({
    'cluster.json': JSON.stringify({ pods: ['web-a', 'web-b'], grace: 10, ...cluster }),
  });
  const env = { KUBECTL_STAND_IN: folder.path };
  const engine = fork(kubectl, ['cluster'], { env: { ...process.env, ...env }, execArgv: [] });
  const [{ port }] = (await once(engine, 'message')) as [{ port: number }];
  return {
    env: { ...env, PATH: `${engines}${delimiter}${process.env['PATH'] ?? ''}` },
    url: `http://127.0.0.1:${String(port)}`,
    folder,
    calls: () => (existsSync(folder.getPath('calls')) ? readFileSync(folder.getPath('calls'), 'utf8') : ''),
    async [Symbol.asyncDispose]() {
      const gone = once(engine, 'exit');
      engine.disconnect();
      await gone;
      await folder.rm();
    },
  };
}

const options = ['--driver', 'kubernetes', '--path', '/work', '--requests', '6'];

it('restarts a deployment under a steady load, of which a graceful server loses nothing', async () => {
  await using cluster = await startCluster({ app: 'lingers', preStop: { sleep: { seconds: 1 } } });
  const { exitCode, stdout, stderr } = await sigtermIn(
    cluster.folder.path,
    [...options, '--url', cluster.url, '-n', 'shop', '--context', 'stand-in', '--json', 'deployment/web'],
    cluster.env,
  );
  const report = JSON.parse(stdout) as {
    runs: { checks: { code: string; args: Record<string, unknown> }[] }[];
    recording: { plan: object; runs: { events: { type: string; reused?: boolean }[] }[] };
  };
  expectReport(report);
  const argsOf = (code: string) => report.runs[0]?.checks.find((check) => check.code === code)?.args;
  expect(report.runs[0]?.checks.map(({ code }) => code)).toEqual([
    'rollout/none-lost',
    'pods/ended',
    'budget/pods',
    'driver/kubernetes',
  ]);
  expect(exitCode).toBe(0);
  expect(argsOf('pods/ended')).toMatchObject({ total: 2, known: 2, exitCodes: [0], graceMs: 10_000 });
  expect(argsOf('budget/pods')).toMatchObject({
    line: expect.stringMatching(/^preStop 1 s \+ drain .* of 10 s$/),
  });
  expect(report.recording.plan).toMatchObject({ graceMs: 10_000, preStopMs: 1_000, namespace: 'shop' });
  const sent = report.recording.runs[0]?.events.filter(({ type }) => type === 'request-sent') ?? [];
  expect(new Set(sent.map(({ reused }) => reused))).toEqual(new Set([true, false]));
  expect(stderr).toContain(
    '"kubectl rollout restart deployment/web --namespace shop --context stand-in" in the context stand-in, namespace shop, restarts 2 pods: web-a, web-b (grace period 10 s, 1 s of preStop included).',
  );
  const where = '--namespace shop --context stand-in';
  const changes = cluster
    .calls()
    .split('\n')
    .filter((call) => !/^(get|$)/.test(call));
  expect(changes).toEqual([
    `rollout restart deployment/web ${where}`,
    `rollout status deployment/web ${where}`,
    `wait --for=delete pod/web-a pod/web-b --timeout=40s ${where}`,
  ]);
});

it('counts what a server loses that exits at once, with cause and time', async () => {
  await using cluster = await startCluster({ app: 'bad', forbidden: 'watch' });
  const { exitCode, stdout } = await sigtermIn(
    cluster.folder.path,
    [...options, '--url', cluster.url, 'deployment/web'],
    cluster.env,
  );
  expect(exitCode).toBe(1);
  const text = stdout.replaceAll(/\s+/g, ' ');
  // What a pod that exits had not accepted yet is reset, where there was any: that cause is told before.
  expect(text).toMatch(
    /[1-9]\d* of \d+ lost: (?:\d+ ECONNRESET [^:]+ after the restart, )?[1-9]\d* closed without a response .* after the restart/,
  );
  expect(text).toContain('how they have ended is not known');
});

it('deletes a pod that is replaced, and sees that it had to be killed', async () => {
  await using cluster = await startCluster({ app: 'deaf', grace: 1 });
  const { exitCode, stdout } = await sigtermIn(
    cluster.folder.path,
    [...options, '--url', cluster.url, 'pod/web-a'],
    cluster.env,
  );
  expect(exitCode).toBe(1);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    '1 killed (SIGKILL, exit code 137) of 1 pod, with a grace period of 1 s: web-a (app)',
  );
  expect(cluster.calls()).toContain('delete pod web-a --wait=false');
});

it('says what an address is like that ends with its pod', async () => {
  await using cluster = await startCluster({ app: 'lingers', pods: ['web-a'], isLast: true });
  const { exitCode, stderr } = await sigtermIn(
    cluster.folder.path,
    [...options, '--ready-timeout', '1500ms', '--url', cluster.url, 'pod/web-a'],
    cluster.env,
  );
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/has not answered properly for 1\.5\d* s since its pods were replaced/);
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain('kubectl port-forward');
});

it.each([
  [['deployment/web'], {}, '--driver kubernetes needs --url', false],
  [['deployment/api'], {}, 'found nothing: Error from server (NotFound): deployments.apps "api" not found'],
  [['pod/api'], {}, 'pods "api" not found'],
  [['service/web'], {}, '"service/web" is nothing that --driver kubernetes can restart'],
  [['pod/web-a'], { isAlone: true }, 'Nothing would start pod/web-a again'],
  [['deployment/web'], { noContext: true }, 'kubectl has no current context'],
  [['deployment/web'], { down: true }, 'localhost:8080 was refused'],
  [['deployment/web'], { forbidden: 'get' }, 'is not allowed: Error from server (Forbidden)'],
  [['deployment/web'], { forbidden: 'restart' }, '"kubectl rollout restart deployment/web" is not allowed'],
  [['deployment/web'], { stuck: true }, "the deployment's progress deadline is 60 s"],
  [
    ['--url', 'http://127.0.0.1:9', '--ready-timeout', '300ms', 'deployment/web'],
    {},
    'http://127.0.0.1:9 answered no HTTP request within 300 ms; nothing was restarted',
  ],
  [['--grace', '5s', 'deployment/web'], {}, '--grace means nothing with --driver kubernetes'],
  [['--scenario', 'idle', 'deployment/web'], {}, 'With --driver kubernetes idle cannot be tried'],
] as [string[], object, string, boolean?][])(
  'explains %j %j',
  async (args, trouble, sentence, hasUrl = true) => {
    await using cluster = await startCluster({ app: 'lingers', ...trouble });
    const { exitCode, stderr } = await sigtermIn(
      cluster.folder.path,
      [...options, ...(hasUrl ? ['--url', cluster.url] : []), ...args],
      cluster.env,
    );
    expect(exitCode).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(sentence);
  },
);

it('explains where there is no kubectl, and whose options these are', async () => {
  await using folder = await createFixture({});
  const missing = await sigtermIn(
    folder.path,
    [...options, '--url', 'http://127.0.0.1:9', 'deployment/web'],
    {
      PATH: '/nowhere',
    },
  );
  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toContain('The command "kubectl" could not be run (ENOENT)');
  const foreign = await sigtermIn(folder.path, ['--namespace', 'shop', '--', 'node', 'x.js']);
  expect(foreign.stderr).toContain('--namespace is only for --driver kubernetes');
});

it.each(['SIGINT', 'SIGKILL'] as const)(
  'leaves no call of its own when it gets %s itself',
  async (signal) => {
    await using cluster = await startCluster({ app: 'deaf', grace: 60 });
    const mark = createMark();
    const bin = fileURLToPath(new URL('../bin/sigterm.js', import.meta.url));
    const child = spawn(process.execPath, [bin, ...options, '--url', cluster.url, 'deployment/web'], {
      env: { ...process.env, ...cluster.env, ...mark.env },
      stdio: 'ignore',
    });
    await until(() => cluster.calls().includes('wait --for=delete'));
    const exited = once(child, 'exit');
    const sinceMs = performance.now();
    child.kill(signal);
    await exited;
    // The old pods would take a minute, and an answer afterwards is waited for half as long.
    expect(performance.now() - sinceMs).toBeLessThan(20_000);
    await mark.gone();
  },
);
