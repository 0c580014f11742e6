import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launchTarget } from '../src/core/targets/launch-targets.js';
import { pick } from '../src/core/targets/pick.js';
import { reaches } from '../src/core/targets/reaches.js';
import { scriptTargets, type Candidate } from '../src/core/targets/script-targets.js';
import { readStart } from '../src/core/targets/start-words.js';
import { english } from './english.js';

const node = { path: 'node', version: 'v20.20.2' };
let root = '';

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'targets-')));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(files: Record<string, string>) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** As npm installs it: only that it is there counts. */
const installed = (name: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: 'index.js' }),
  [`node_modules/${name}/index.js`]: '',
});

/** The commands of the scripts, with the folder left out. */
function ofScripts(scripts: Record<string, string>) {
  const found = scriptTargets(root, JSON.stringify({ scripts }), node, english);
  return Object.fromEntries(found.map((one) => [one.id.replace(/^.*#/, ''), short(one)]));
}

function short(one: Candidate) {
  return 'command' in one
    ? one.command.map((word) => word.replace(`${root}/`, '')).join(' ')
    : one.why.replace(`${root}/`, '');
}

describe('the words of a command', () => {
  it.each([
    [
      'node --inspect=0 --watch server.js --port 1',
      { entry: 'server.js', args: ['--port', '1'], nodeOptions: [] },
    ],
    ['node -r dotenv/config .', { entry: '.', nodeOptions: ['-r', 'dotenv/config'] }],
    ['node --import=tsx src/index.ts', { loader: 'tsx', entry: 'src/index.ts', nodeOptions: [] }],
    [
      'tsx watch --clear-screen=false --env-file=.env src/a.ts',
      { loader: 'tsx', entry: 'src/a.ts', nodeOptions: ['--env-file=.env'] },
    ],
    [
      'ts-node-dev --respawn --transpile-only src/a.ts',
      { loader: 'ts-node', env: { TS_NODE_TRANSPILE_ONLY: 'true' } },
    ],
    [
      'nodemon --watch src --exec "ts-node -P tsconfig.dev.json" src/a.ts',
      { loader: 'ts-node', entry: 'src/a.ts', env: { TS_NODE_PROJECT: 'tsconfig.dev.json' } },
    ],
    ['nodemon', { how: 'node', entry: '.' }],
    [
      'NODE_ENV=production cross-env PORT=80 node a',
      { entry: 'a', env: { NODE_ENV: 'production', PORT: '80' } },
    ],
    ['nest start --watch', { how: 'nest', app: undefined }],
    ['fastify start -l info app.js', { how: 'program', entry: 'app.js' }],
  ])('%s', (line, start) => {
    const words = line.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
    expect(readStart(words)).toMatchObject(start);
  });

  it('that start nothing', () => {
    expect(readStart(['node', '-e', '1'])).toBeUndefined();
    expect(readStart(['node', '--test'])).toBeUndefined();
    expect(readStart([])).toBeUndefined();
  });
});

describe('the scripts of a package.json', () => {
  it('are run without what is in front of the server', () => {
    write({ 'server.js': '', 'src/index.js': '' });
    expect(
      ofScripts({
        start: 'NODE_ENV=production node -r dotenv/config server.js',
        dev: 'nodemon src/index.js',
        'start:checked': 'npm run check && node server',
        test: 'node --test',
        build: 'tsc',
      }),
    ).toEqual({
      start: 'node -r dotenv/config server.js',
      dev: 'node src/index.js',
      'start:checked': 'node server.js',
    });
  });

  it('lead to the source of what is compiled', () => {
    write({ 'src/server.ts': '', ...installed('tsx') });
    expect(ofScripts({ start: 'node dist/server.js' })).toEqual({ start: 'node --import tsx src/server.ts' });
  });

  it('run what was compiled where nothing else can, while it is fresh', () => {
    write({
      'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
      'src/server.ts': '',
      'dist/server.js': '',
    });
    utimesSync(join(root, 'src/server.ts'), 1, 1);
    expect(ofScripts({ start: 'node dist/server.js' })).toEqual({ start: 'node dist/server.js' });
    utimesSync(join(root, 'dist/server.js'), 0, 0);
    expect(ofScripts({ start: 'node dist/server.js' }).start).toMatch(/dist\/server\.js is older/);
  });

  it('of Nest need types at run time', () => {
    const tsconfig = '{ "compilerOptions": { "outDir": "./dist", "emitDecoratorMetadata": true } }';
    write({ 'tsconfig.json': tsconfig, 'src/main.ts': '', ...installed('tsx') });
    const scripts = {
      start: 'nest start',
      'start:dev': 'nest start --watch',
      'start:prod': 'node dist/main',
    };
    expect(ofScripts(scripts).start).toMatch(/build the project, or install ts-node/);
    write(installed('ts-node'));
    mkdirSync(join(root, 'node_modules/ts-node/register'));
    expect(ofScripts(scripts)['start:prod']).toBe('node --require ts-node/register src/main.ts');
  });

  it('of Nest are built as tsconfig.build.json says', () => {
    write({
      'tsconfig.json':
        '{ "compilerOptions": { "outDir": "./dist", "rootDir": ".", "emitDecoratorMetadata": true } }',
      'tsconfig.build.json': '{ "extends": "./tsconfig.json", "compilerOptions": { "rootDir": "./src" } }',
      'src/main.ts': '',
      'dist/main.js': '',
    });
    utimesSync(join(root, 'src/main.ts'), 1, 1);
    expect(ofScripts({ start: 'nest start' }).start).toBe('node dist/main.js');
  });

  it('of a framework run its program', () => {
    write({ 'app.js': '', 'node_modules/.bin/fastify': '' });
    expect(ofScripts({ start: 'fastify start -l info app.js', dev: 'concurrently "a" "b"' })).toEqual({
      start: 'node_modules/.bin/fastify start -l info app.js',
    });
  });

  it('start in the folder that they change to', () => {
    write({ 'api/server.js': '' });
    const [found] = scriptTargets(
      root,
      JSON.stringify({ scripts: { start: 'cd api && node server.js' } }),
      node,
      english,
    );
    expect(found?.cwd).toBe(join(root, 'api'));
    expect(found?.file).toBe(join(root, 'api/server.js'));
  });
});

describe('launch configurations', () => {
  const launch = (configuration: Record<string, unknown>) =>
    launchTarget(
      { type: 'node', request: 'launch', name: 'api', ...configuration },
      { workspaceFolder: root, env: { HOME: '/home/me' } },
      node,
      english,
    );

  it('are run with their arguments, variables and folder', () => {
    write({ 'api/server.js': '', 'api/.env': 'FROM=file\nPORT=1' });
    const target = launch({
      program: '${workspaceFolder}/api/server.js',
      cwd: '${workspaceFolder}/api',
      args: ['--home', '${env:HOME}'],
      runtimeArgs: ['--inspect', '--enable-source-maps'],
      envFile: '${workspaceFolder}/api/.env',
      env: { PORT: '3000', GONE: null },
    });
    expect(target).toMatchObject({
      id: `launch:${root}#api`,
      cwd: join(root, 'api'),
      file: join(root, 'api/server.js'),
      command: ['node', '--enable-source-maps', join(root, 'api/server.js'), '--home', '/home/me'],
      env: { FROM: 'file', PORT: '3000', GONE: undefined },
    });
  });

  it('may name another program', () => {
    write({ 'src/a.ts': '' });
    const target = launch({ runtimeExecutable: 'tsx', program: '${workspaceFolder}/src/a.ts' });
    expect(target && short(target)).toBe('node --import tsx src/a.ts');
    const npm = launch({ runtimeExecutable: 'npm', runtimeArgs: ['run-script', 'start'] });
    expect(npm && short(npm)).toBe('npm run-script start');
  });

  it('are left out where they start nothing, or ask', () => {
    write({ 'a.js': '' });
    expect(launch({ program: '${workspaceFolder}/${input:which}.js' })).toBeUndefined();
    expect(launch({ type: 'chrome', program: 'a.js' })).toBeUndefined();
    expect(launch({ request: 'attach' })).toBeUndefined();
    expect(launch({ program: 'missing.js' })).toBeUndefined();
  });
});

describe('the target of a file', () => {
  const own = (file: string): Candidate => ({
    id: `file:${file}`,
    name: file,
    kind: 'file',
    cwd: root,
    file: join(root, file),
    command: ['node', join(root, file)],
  });
  const script = (name: string, file: string): Candidate => ({ ...own(file), id: name, kind: 'script' });

  it('is what the project says about it, else itself', () => {
    write({ 'a.js': '', 'b.js': '' });
    const start = script('start', 'a.js');
    expect(pick(own('a.js'), [start], { startsServer: true })).toEqual({ picked: start });
    expect(pick(own('b.js'), [start], { startsServer: true })).toEqual({ picked: own('b.js') });
  });

  it('is the one that loads it', () => {
    write({
      'a.js': "import { app } from './lib/app.js';",
      'lib/app.js': "require('../routes')",
      'routes/index.js': '',
      'b.js': '',
    });
    const others = [script('start', 'a.js'), script('worker', 'b.js')];
    expect(reaches(join(root, 'a.js'), join(root, 'routes/index.js'))).toBe(true);
    expect(pick(own('routes/index.js'), others, { startsServer: false })).toEqual({ picked: others[0] });
    expect(pick(own('lib/app.js'), others, { startsServer: true })).toEqual({ picked: others[0] });
  });

  it('is asked for where two load it, until one was chosen', () => {
    write({ 'a.js': "import './app.js'", 'b.js': "import './app.js'", 'app.js': '' });
    const others = [script('a', 'a.js'), script('a:dev', 'a.js'), script('b', 'b.js')];
    expect(pick(own('app.js'), others, { startsServer: false })).toEqual({ unclear: [others[0], others[2]] });
    const remembered = 'b';
    expect(pick(own('app.js'), others, { startsServer: false, remembered })).toEqual({ picked: others[2] });
  });

  it('is what the project says, with its reason, where neither can be run', () => {
    const why = 'build the project';
    const start = {
      id: 'start',
      name: 'start',
      kind: 'script',
      cwd: root,
      file: join(root, 'a.ts'),
      why,
    } as const;
    const itself = { ...start, id: 'file', kind: 'file' } as const;
    expect(pick(itself, [start], { startsServer: true })).toEqual({ picked: start });
  });

  it('is the only one of its package where it starts no server itself', () => {
    write({ 'a.js': '', 'other.js': '' });
    const others = [script('start', 'a.js')];
    expect(pick(own('other.js'), others, { startsServer: false })).toEqual({ picked: others[0] });
    expect(pick(own('other.js'), [], { startsServer: false })).toEqual({ picked: own('other.js') });
  });
});
