import { describe, expect, it } from 'vitest';
import { findSignalPath, type SignalPathOptions } from '../../src/index.js';

const scripts = (scripts: Record<string, string>, more: object = {}) =>
  JSON.stringify({ name: 'x', scripts, ...more });
const ask = (line: string | string[], options: SignalPathOptions = {}) => {
  const { reaches, waits, why, instead } = findSignalPath(
    typeof line === 'string' ? line.split(' ') : line,
    options,
  );
  return [reaches, waits, why, instead === null ? null : instead.join(' ')];
};

describe('a command', () => {
  it.each([
    ['node server.js', 'direct'],
    ['/usr/local/bin/node --enable-source-maps dist/main.js', 'direct'],
    ['node --import tsx server.ts', 'direct'],
    ['env NODE_ENV=production node server.js', 'direct'],
    ['bun run server.ts', 'direct'],
    ['deno run --allow-net server.ts', 'direct'],
    ['tini -- node server.js', 'passed-on'],
    ['/usr/bin/dumb-init node server.js', 'passed-on'],
    ['tsx watch server.ts', 'passed-on'],
    ['nodemon server.js', 'passed-on'],
    ['node --watch server.js', 'passed-on'],
    ['node ./node_modules/.bin/tsx server.ts', 'passed-on'],
    ['cross-env A=1 node server.js', 'passed-on'],
    ['dotenv -e .env -- node server.js', 'passed-on'],
    ['pm2-runtime server.js', 'passed-on'],
    ['timeout 1h node server.js', 'passed-on'],
  ])('%s: the signal arrives (%s)', (line, why) => {
    expect(ask(line)).toEqual(['yes', 'yes', why, null]);
  });

  it.each([
    './start.sh',
    'bun run start',
    'deno task start',
    'next start',
    'docker-entrypoint.sh node x',
    'tini',
    'sh start.sh',
    'nodemon --exec make',
  ])('%s: cannot be told', (line) => {
    expect(ask(line)).toEqual(['unknown', 'unknown', 'program-unknown', null]);
  });
});

describe('a shell line', () => {
  const sh = (line: string, shell: SignalPathOptions['shell'] = 'dash') =>
    ask(['/bin/sh', '-c', line], { shell: shell ?? 'dash' });

  it('stays in front of the server in dash', () => {
    expect(sh('node server.js')).toEqual(['no', 'no', 'shell-stays', 'node server.js']);
    expect(sh('A=1 node server.js')).toEqual(['no', 'no', 'shell-stays', 'env A=1 node server.js']);
    expect(sh('prisma migrate deploy && node server.js')).toEqual([
      'no',
      'no',
      'shell-stays',
      'sh -c prisma migrate deploy && exec node server.js',
    ]);
  });

  it('is replaced by the last command in BusyBox and bash', () => {
    for (const shell of ['busybox', 'bash'] as const)
      for (const line of ['node x', 'true && node x', 'true; node x', 'A=1 node x'])
        expect(sh(line, shell)).toEqual(['yes', 'yes', 'direct', null]);
    expect(sh('node x > log', 'busybox')).toEqual(['yes', 'yes', 'direct', null]);
    expect(sh('node x > log', 'bash')).toEqual(['no', 'no', 'shell-stays', null]);
  });

  it('stays in every shell where something follows', () => {
    for (const shell of ['dash', 'busybox', 'bash', 'unknown'] as const)
      for (const line of ['node x; true', 'node x || exit 1', 'node x | pino-pretty'])
        expect(sh(line, shell).slice(0, 3)).toEqual(['no', 'no', 'shell-stays']);
    expect(sh('node x & wait', 'bash').slice(0, 3)).toEqual(['no', 'no', 'background']);
  });

  it('is replaced where it says so', () => {
    for (const shell of ['dash', 'unknown'] as const)
      expect(sh('true && exec node x', shell)).toEqual(['yes', 'yes', 'direct', null]);
  });

  it('cannot be told where it depends on the shell, or on what the line does', () => {
    expect(sh('node x', 'unknown')).toEqual(['unknown', 'unknown', 'shell-unknown', 'node x']);
    for (const line of ['trap "kill $P" TERM; node x & P=$!; wait $P', 'if true; then exec node x; fi'])
      expect(sh(line)).toEqual(['unknown', 'unknown', 'line-unknown', null]);
  });
});

describe('a script', () => {
  const packageJson = scripts({
    start: 'node server.js',
    exec: 'exec node server.js',
    nested: 'npm run start',
    cross: 'cross-env A=1 node server.js',
    loop: 'npm run loop',
  });

  it('of npm depends on the shell', () => {
    expect(ask('npm start', { packageJson, shell: 'dash' })).toEqual([
      'no',
      'no',
      'shell-stays',
      'node server.js',
    ]);
    expect(ask('npm start', { packageJson, shell: 'busybox' }).slice(0, 3)).toEqual([
      'yes',
      'yes',
      'passed-on',
    ]);
    expect(ask('npm run exec', { packageJson, shell: 'dash' }).slice(0, 3)).toEqual([
      'yes',
      'yes',
      'passed-on',
    ]);
    expect(ask('npm start', { packageJson }).slice(0, 3)).toEqual(['unknown', 'unknown', 'shell-unknown']);
    expect(ask('npm run nested', { packageJson, shell: 'dash' })).toEqual(
      ask('npm start', { packageJson, shell: 'dash' }),
    );
    expect(ask('npm run cross', { packageJson, shell: 'dash' })[3]).toBe('cross-env A=1 node server.js');
    expect(ask('npx tsx server.ts', { shell: 'dash' })).toEqual(['no', 'no', 'shell-stays', 'tsx server.ts']);
  });

  it('of yarn 1 and of node itself loses the server', () => {
    expect(ask('yarn start', { packageJson, shell: 'dash' }).slice(0, 3)).toEqual([
      'no',
      'no',
      'shell-stays',
    ]);
    expect(ask('yarn exec', { packageJson })[0]).toBe('unknown');
    expect(ask('yarn run exec', { packageJson }).slice(0, 3)).toEqual(['yes', 'no', 'ends-first']);
    expect(ask('node --run start', { packageJson, shell: 'dash' }).slice(0, 3)).toEqual([
      'no',
      'no',
      'wrapper-drops',
    ]);
    expect(
      ask('yarn start', { packageJson: scripts({ start: 'node x' }, { packageManager: 'yarn@4.1.0' }) })[0],
    ).toBe('unknown');
  });

  it('of pnpm depends on the version', () => {
    const of = (version: string) => scripts({ start: 'node x' }, { packageManager: `pnpm@${version}` });
    expect(ask('pnpm start', { packageJson: of('12.21.0'), shell: 'dash' }).slice(0, 2)).toEqual([
      'yes',
      'yes',
    ]);
    expect(ask('pnpm start', { packageJson: of('10.34.9'), shell: 'dash' }).slice(0, 2)).toEqual([
      'no',
      'no',
    ]);
    expect(ask('pnpm start', { packageJson, shell: 'dash' }).slice(0, 3)).toEqual([
      'unknown',
      'unknown',
      'version-unknown',
    ]);
    expect(ask('pnpm run exec', { packageJson, shell: 'dash' }).slice(0, 2)).toEqual(['yes', 'yes']);
  });

  it('in front of which an init signals the group ends before the server', () => {
    for (const line of ['tini -g -- npm start', 'dumb-init npm start'])
      expect(ask(line, { packageJson, shell: 'dash' }).slice(0, 3)).toEqual(['yes', 'no', 'ends-first']);
    for (const line of ['tini -- npm start', 'dumb-init -c npm start'])
      expect(ask(line, { packageJson, shell: 'dash' }).slice(0, 3)).toEqual(['no', 'no', 'shell-stays']);
    expect(ask('tini -- npm start', { packageJson, shell: 'dash' })[3]).toBe('tini -- node server.js');
  });

  it('that is not there, calls itself, or is of another package cannot be told', () => {
    for (const line of ['npm run nothing', 'npm run loop', 'npm --prefix app start', 'npm run start -w app'])
      expect(ask(line, { packageJson, shell: 'dash' })[0]).not.toBe('yes');
    for (const line of ['npm start', 'pnpm start']) expect(ask(line, { shell: 'bash' })[0]).toBe('unknown');
    expect(ask('npm start', { packageJson: 'no json', shell: 'bash' })[0]).toBe('unknown');
    for (const line of ['pnpm exec node x', 'yarn exec node x', 'yarn node x'])
      expect(ask(line, { packageJson, shell: 'dash' })[0]).toBe('unknown');
  });

  it('does not matter where the platform signals every process', () => {
    for (const platform of ['heroku', 'systemd', 'pm2'] as const)
      expect(ask('npm start', { packageJson, shell: 'dash', platform })).toEqual([
        'yes',
        'yes',
        'signalled-by-itself',
        null,
      ]);
    expect(ask('npm start', { packageJson, shell: 'dash', platform: 'docker' })[0]).toBe('no');
  });
});

describe('the way', () => {
  it('is named from the top process to the server', () => {
    const { via } = findSignalPath(['tini', '--', 'npm', 'start'], {
      packageJson: scripts({ start: 'exec node x' }),
    });
    expect(via.map(({ program, does }) => `${program} ${does}`)).toEqual([
      'tini passes',
      'npm passes',
      'sh replaces',
      'node serves',
    ]);
    expect(findSignalPath(['pm2-runtime', 'x.js']).via).toEqual([
      { program: 'pm2-runtime', does: 'passes', sends: 'SIGINT', killsAfterMs: 1_600 },
    ]);
  });
});
