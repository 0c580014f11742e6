import { describe, expect, it } from 'vitest';
import { findManifestKind, findStartCommand, shellOfImage } from '../../src/manifests/index.js';
import { read } from './read.js';
import { samples } from './samples.js';

describe('a Dockerfile', () => {
  it('says what the image of its last stage starts', () => {
    const { facts, written, of, problems } = read('dockerfile', samples.dockerfile);
    expect(problems).toEqual([]);
    expect(of('command').map(({ role, form, words }) => [role, form, words])).toEqual([
      ['entrypoint', 'exec', ['/usr/bin/tini', '--']],
      ['command', 'exec', ['node', '--enable-source-maps', 'dist/server.js']],
    ]);
    expect(of('signal')).toMatchObject([{ signal: 'SIGINT', range: { start: { line: 14, column: 12 } } }]);
    expect(written).toContainEqual([null, 'FROM', 'node:22-bookworm-slim']);
    expect(findStartCommand(facts)).toEqual({
      words: ['/usr/bin/tini', '--', 'node', '--enable-source-maps', 'dist/server.js'],
      shell: 'dash',
    });
  });

  it('has a shell form where it is no JSON', () => {
    const { of, problems } = read('dockerfile', "FROM node:22-alpine\nCMD ['node', 'x']\n");
    expect(of('command')).toMatchObject([{ form: 'shell', words: ["['node', 'x']"] }]);
    expect(problems).toEqual([['no-json', 'CMD', "['node', 'x']"]]);
    const { facts } = read('dockerfile', 'FROM node:22\nSHELL ["/bin/bash", "-c"]\nCMD npm \\\n  start\n');
    expect(findStartCommand(facts)?.words).toEqual(['/bin/bash', '-c', 'npm   start']);
  });

  it('drops the command of the image below where it sets an entrypoint', () => {
    const below = 'FROM node:22 AS base\nCMD ["a"]\nFROM base\nENTRYPOINT ["b"]\n';
    expect(findStartCommand(read('dockerfile', below).facts)?.words).toEqual(['b']);
    const same = 'FROM node:22\nCMD ["a"]\nENTRYPOINT ["b"]\n';
    expect(findStartCommand(read('dockerfile', same).facts)?.words).toEqual(['b', 'a']);
    const shell = 'FROM node:22\nENTRYPOINT node x\nCMD ["y"]\n';
    expect(findStartCommand(read('dockerfile', shell).facts)?.words).toEqual(['/bin/sh', '-c', 'node x']);
  });

  it('starts node in a distroless image, and nothing where it says nothing', () => {
    const distroless = 'FROM gcr.io/distroless/nodejs22-debian12\nCMD ["server.js"]\n';
    expect(findStartCommand(read('dockerfile', distroless).facts)?.words).toEqual(['node', 'server.js']);
    expect(findStartCommand(read('dockerfile', 'FROM node:22\n').facts)).toBeNull();
    expect(read('dockerfile', 'ARG V=1\nFROM node:$V\nSTOPSIGNAL NONSENSE\n').problems).toEqual([
      ['bad-value', 'STOPSIGNAL', 'NONSENSE'],
    ]);
  });
});

describe('a compose file', () => {
  it('says how its services stop, with anchors and merge keys followed', () => {
    const { facts, of, problems } = read('compose', samples.compose);
    expect(problems).toEqual([]);
    expect(of('grace-period').map(({ subject, ms }) => [subject, ms])).toEqual([
      ['web', 90_000],
      ['worker', null],
    ]);
    expect(of('signal')).toMatchObject([{ subject: 'web', signal: 'SIGINT' }]);
    expect(of('init')).toMatchObject([{ subject: 'web', isEnabled: true }]);
    expect(of('command').map(({ subject, role, words }) => [subject, role, words])).toEqual([
      ['web', 'command', ['node', '--title', 'my server', 'server.js']],
      ['worker', 'entrypoint', ['/bin/sh', '-c']],
      ['worker', 'command', ['node worker.js']],
    ]);
    const web = facts.filter(({ subject }) => subject === 'web');
    expect(findStartCommand(read('dockerfile', 'FROM node:22-alpine\nCMD npm start').facts, web)).toEqual({
      words: ['docker-init', '--', 'node', '--title', 'my server', 'server.js'],
      shell: 'busybox',
    });
  });

  it.each(['30', 'soon', '"30"', '1d'])('wants a unit: stop_grace_period: %s', (value) => {
    const { problems, facts } = read('compose', `services:\n  a:\n    stop_grace_period: ${value}\n`);
    expect([problems, facts]).toEqual([[['bad-value', 'stop_grace_period', value]], []]);
  });
});

describe('Kubernetes objects', () => {
  it('say how their pods stop, several to a file', () => {
    const { of, problems } = read('kubernetes', samples.kubernetes);
    expect(problems).toEqual([]);
    expect(of('grace-period').map(({ subject, ms }) => [subject, ms])).toEqual([
      ['web', 45_000],
      ['nightly', 5_000],
    ]);
    expect(
      of('pre-stop').map(({ subject, action, ms, isAtLeast }) => [subject, action, ms, isAtLeast]),
    ).toEqual([
      ['server', 'exec', 10_000, true],
      ['proxy', 'sleep', 15_000, false],
      ['job', 'http-get', null, false],
    ]);
    expect(of('readiness')).toMatchObject([{ path: '/ready', periodMs: 5_000, failures: 3 }]);
    expect(of('command').map(({ role, words }) => [role, words])).toEqual([
      ['entrypoint', ['node']],
      ['command', ['server.js']],
    ]);
  });

  it.each([
    ["['sleep', '5']", 5_000, false],
    ["['/bin/sleep', '1m']", 60_000, false],
    ["['sh', '-c', 'sleep 5']", 5_000, false],
    ["['sh', '-c', 'sleep 5; sleep 2s; curl -X POST localhost/stop']", 7_000, true],
    ["['sh', '-c', 'sleep $DELAY']", null, false],
    ["['sh', '-c', 'sleep 5 & curl localhost']", null, false],
    ["['./stop.sh']", null, false],
  ])('%s takes %s ms', (command, ms, isAtLeast) => {
    const text = `kind: Pod\nspec:\n  containers:\n    - lifecycle: { preStop: { exec: { command: ${command} } } }\n`;
    expect(read('kubernetes', text).of('pre-stop')).toMatchObject([{ ms, isAtLeast }]);
  });

  it('read what they can of a template', () => {
    const text =
      'kind: Pod\nspec:\n  {{- if .Values.slow }}\n  terminationGracePeriodSeconds: 60\n  {{- end }}\n';
    expect(read('kubernetes', text).problems).toHaveLength(1);
    const quoted = "kind: Pod\nspec:\n  terminationGracePeriodSeconds: '{{ .Values.grace }}'\n";
    expect(read('kubernetes', quoted).of('grace-period')).toMatchObject([{ ms: null }]);
    expect(read('kubernetes', 'kind: Pod\nspec:\n  terminationGracePeriodSeconds: 30s\n').problems).toEqual([
      ['bad-value', 'terminationGracePeriodSeconds', '30s'],
    ]);
  });
});

describe('other files', () => {
  it('a task definition of ECS', () => {
    const { of, problems } = read('ecs', samples.ecs);
    expect(of('grace-period').map(({ platform, subject, ms }) => [platform, subject, ms])).toEqual([
      ['fargate', 'server', 60_000],
      ['fargate', 'logs', 300_000],
    ]);
    expect(problems).toEqual([['out-of-range', 'stopTimeout', '300']]);
    expect(findStartCommand([], of('command'))?.words).toEqual(['sh', '-c', 'npm start']);
    expect(of('init')).toMatchObject([{ subject: 'server', isEnabled: true }]);
  });

  it('a unit of systemd', () => {
    const { of, problems } = read('systemd', samples.systemd);
    expect(problems).toEqual([]);
    expect(of('grace-period')).toMatchObject([{ ms: 90_000 }]);
    expect(of('signal')).toMatchObject([{ signal: 'SIGINT' }]);
    expect(of('reach')).toMatchObject([{ reaches: 'top-process' }]);
    expect(of('command')[0]?.words).toEqual([
      '/usr/bin/node',
      '--enable-source-maps',
      '/srv/web/server.js',
      '--title',
      'my server',
    ]);
    expect(of('pre-stop')).toHaveLength(1);
  });

  it.each([
    ['5min 20s', 320_000],
    ['90', 90_000],
    ['2h', 7_200_000],
    ['500ms', 500],
    ['infinity', Infinity],
    ['0', Infinity],
  ])('TimeoutStopSec=%s', (span, ms) => {
    expect(read('systemd', `[Service]\nTimeoutStopSec=${span}\n`).of('grace-period')).toMatchObject([{ ms }]);
  });

  it('settings of systemd are taken back by an empty value, and wrong ones named', () => {
    const text =
      '[Service]\nExecStart=/a\nExecStart=\nExecStart=/b c\nTimeoutStopSec=soon\nKillMode=all\nwhat\n';
    const { of, problems } = read('systemd', text);
    expect(of('command').map(({ words }) => words)).toEqual([['/b', 'c']]);
    expect(problems).toEqual([
      ['syntax', null, 'what'],
      ['bad-value', 'TimeoutStopSec', 'soon'],
      ['bad-value', 'KillMode', 'all'],
    ]);
  });

  it('a fly.toml', () => {
    const { of, problems } = read('fly', samples.fly);
    expect(problems).toEqual([]);
    expect([of('signal')[0]?.signal, of('grace-period')[0]?.ms]).toEqual(['SIGTERM', 120_000]);
    expect(of('command').map(({ subject, words }) => [subject, words.at(-1)])).toEqual([
      ['web', 'server.js'],
      ['worker', 'high prio'],
    ]);
    expect(read('fly', 'kill_timeout = 30').of('grace-period')).toMatchObject([{ ms: 30_000 }]);
    expect(read('fly', 'kill_timeout = "600s"').problems).toEqual([
      ['out-of-range', 'kill_timeout', '"600s"'],
    ]);
    expect(read('fly', 'kill_timeout = 20\nkill_signal = \n[x').of('grace-period')).toMatchObject([
      { ms: 20_000 },
    ]);
  });

  it('a Procfile', () => {
    const { of, written } = read('procfile', `${samples.procfile}nonsense\n`);
    expect(written).toEqual([
      ['web', 'web', 'NODE_ENV=production node server.js'],
      ['worker', 'worker', 'npm run worker'],
    ]);
    expect(of('command').every(({ form }) => form === 'shell')).toBe(true);
    expect(read('procfile', 'nonsense\n').problems).toEqual([['syntax', null, 'nonsense']]);
  });

  it('a package.json', () => {
    const { of } = read('package-json', samples['package-json']);
    expect(of('script').map(({ subject, text }) => [subject, text])).toEqual([
      ['start', 'node server.js'],
      ['dev', 'nodemon server.js'],
    ]);
  });

  it('a railway.json and a railway.toml', () => {
    const toml = '[deploy]\nstartCommand = "node server.js"\ndrainingSeconds = 20\noverlapSeconds = 5\n';
    for (const text of [samples.railway, toml]) {
      const { of, problems } = read('railway', text);
      expect(problems).toEqual([]);
      expect([of('grace-period')[0]?.ms, of('drain-before-signal')[0]?.ms]).toEqual([20_000, 5_000]);
      expect(of('command')).toMatchObject([{ form: 'line', words: ['node server.js'] }]);
    }
    const quoted = '{"deploy":{"drainingSeconds":"20"}}';
    expect(read('railway', quoted).problems).toEqual([['bad-value', 'deploy.drainingSeconds', '"20"']]);
  });

  it('a render.yaml, an app spec, a job of Nomad, and an ecosystem file', () => {
    expect(read('render', samples.render).of('grace-period')).toMatchObject([
      { subject: 'api', ms: 120_000 },
    ]);
    const app = read('digitalocean', samples.digitalocean);
    expect(app.of('grace-period').map(({ subject, ms }) => [subject, ms])).toEqual([
      ['api', 90_000],
      ['jobs', 900_000],
    ]);
    expect(app.of('drain-before-signal')).toMatchObject([{ ms: 30_000 }]);
    expect(app.problems).toEqual([['out-of-range', 'grace_period_seconds', '900']]);
    const job = read('nomad', samples.nomad);
    expect(job.written).toEqual([
      ['servers', 'shutdown_delay', '"6s"'],
      ['server', 'kill_signal', '"SIGTERM"'],
      ['server', 'kill_timeout', '"25s"'],
    ]);
    const pm2 = read('pm2', samples.pm2);
    expect(pm2.of('command').map(({ words }) => words)).toEqual([
      ['node', 'dist/server.js', '--port', '3000'],
      ['./run'],
    ]);
    expect(pm2.of('grace-period')).toMatchObject([{ ms: 8_000 }]);
    expect(pm2.of('reach')).toMatchObject([{ subject: 'cli', reaches: 'top-process' }]);
  });
});

describe('a file', () => {
  it.each([
    ['Dockerfile', 'dockerfile'],
    ['docker/api.Dockerfile', 'dockerfile'],
    ['Dockerfile.prod', 'dockerfile'],
    ['docker-compose.prod.yml', 'compose'],
    ['compose.yaml', 'compose'],
    ['fly.staging.toml', 'fly'],
    ['Procfile', 'procfile'],
    ['app/package.json', 'package-json'],
    ['railway.toml', 'railway'],
    ['render.yaml', 'render'],
    ['etc\\web.service', 'systemd'],
    ['web.nomad.hcl', 'nomad'],
    ['ecosystem.config.json', 'pm2'],
    ['.do/app.yaml', 'digitalocean'],
    ['README.md', undefined],
    ['values.yaml', undefined],
  ])('%s is a %s', (path, kind) => {
    expect(findManifestKind(path)).toBe(kind);
  });

  it('is told by what it says where many share its name', () => {
    expect(findManifestKind('k8s/web.yaml', samples.kubernetes)).toBe('kubernetes');
    expect(findManifestKind('aws/web.json', samples.ecs)).toBe('ecs');
  });

  it.each([
    ['node:22', 'dash'],
    ['node', 'dash'],
    ['docker.io/library/node:22-slim', 'dash'],
    ['node:22-alpine3.20', 'busybox'],
    ['alpine', 'busybox'],
    ['registry.access.redhat.com/ubi9/nodejs-22', 'unknown'],
    ['registry.access.redhat.com/ubi9', 'bash'],
    ['bitnami/node:22', 'unknown'],
    ['ubuntu:24.04', 'dash'],
    ['gcr.io/distroless/nodejs22-debian12', 'unknown'],
  ])('from %s has %s as its shell', (image, shell) => {
    expect(shellOfImage(image)).toBe(shell);
  });
});
