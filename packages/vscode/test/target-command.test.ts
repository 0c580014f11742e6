import { describe, expect, it } from 'vitest';
import { splitCommand } from '../src/core/split-command.js';
import { findFileCommand, parseCommand, type FileFacts } from '../src/core/targets/file-command.js';
import { english } from './english.js';

const facts: FileFacts = {
  nodeVersion: 'v20.20.2',
  hasTsx: false,
  hasTsNode: false,
  isModule: false,
  needsMetadata: false,
};

function wordsOf(file: string, change: Partial<FileFacts> = {}) {
  const command = findFileCommand(file, { ...facts, ...change }, english);
  return command.found ? [...command.options, command.file] : command.why;
}

describe('how a file is run', () => {
  it('JavaScript as it is', () => {
    expect(wordsOf('/app/my server.js')).toEqual(['/app/my server.js']);
    expect(wordsOf('/app/a.mjs', { hasTsx: true })).toEqual(['/app/a.mjs']);
  });

  it('TypeScript by tsx, where it is installed', () => {
    expect(wordsOf('/app/server.tsx', { hasTsx: true })).toEqual(['--import', 'tsx', '/app/server.tsx']);
  });

  it('by ts-node, where there is no tsx or types are needed', () => {
    const options = ['--require', 'ts-node/register', '/app/main.ts'];
    expect(wordsOf('/app/main.ts', { hasTsNode: true })).toEqual(options);
    expect(wordsOf('/app/main.ts', { hasTsNode: true, hasTsx: true, needsMetadata: true })).toEqual(options);
    expect(wordsOf('/app/main.ts', { hasTsNode: true, isModule: true })).toMatch(/does not run TypeScript/);
  });

  it('by Node.js, where it strips types', () => {
    const file = '/app/server.ts';
    expect(wordsOf(file, { nodeVersion: 'v24.1.0' })).toEqual([file]);
    expect(wordsOf(file, { nodeVersion: 'v22.18.0' })).toEqual([file]);
    const flagged = ['--experimental-strip-types', file];
    expect(wordsOf(file, { nodeVersion: 'v22.6.0' })).toEqual(flagged);
    expect(wordsOf(file, { nodeVersion: 'v23.0.0' })).toEqual(flagged);
    expect(wordsOf(file, { nodeVersion: 'v24.1.0', needsMetadata: true })).toMatch(/decorators/);
  });

  it('as what it was compiled to, while nothing has changed since', () => {
    const build = { file: '/app/dist/server.js', isFresh: true };
    expect(wordsOf('/app/src/server.ts', { build })).toEqual(['/app/dist/server.js']);
    expect(wordsOf('/app/src/server.ts', { build: { ...build, isFresh: false } })).toMatch(
      /dist\/server\.js is older than its sources: build the project/,
    );
  });

  it('says why where nothing here runs it', () => {
    expect(wordsOf('/app/server.ts')).toMatch(/v20\.20\.2 does not run TypeScript/);
    expect(wordsOf('/app/server.tsx', { nodeVersion: 'v24.1.0' })).toMatch(/JSX/);
  });
});

describe('a command that the user has set', () => {
  const places = { file: '/app/my server.js', workspaceFolder: '/app' };
  it('has the file in one word', () => {
    expect(parseCommand('npx tsx "${file}" --port 80', places, english)).toEqual([
      'npx',
      'tsx',
      '/app/my server.js',
      '--port',
      '80',
    ]);
    expect(parseCommand('node ${workspaceFolder}/dist/main.js', places, english)).toEqual([
      'node',
      '/app/dist/main.js',
    ]);
    expect(parseCommand('node "server.js', places, english)).toMatch(/a quote is not closed/);
  });
});

describe('splitting a command', () => {
  it.each([
    ['node  server.js ', ['node', 'server.js']],
    [`node -e 'a b' "c d"`, ['node', '-e', 'a b', 'c d']],
    [`a"b c"d ''`, ['ab cd', '']],
    [String.raw`say \"hi\" a\ b`, ['say', '"hi"', 'a b']],
    [String.raw`C:\node\node.exe server.js`, [String.raw`C:\node\node.exe`, 'server.js']],
    ['', []],
  ])('%s', (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });

  it('fails at a quote that is not closed', () => {
    expect(splitCommand('node "server.js')).toBeUndefined();
  });
});
