import { describe, expect, it } from 'vitest';
import { splitCommand } from '../src/core/split-command.js';
import { findTargetCommand, type TargetFacts } from '../src/core/target-command.js';

const facts: TargetFacts = {
  file: '/app/my server.js',
  configured: '',
  workspaceFolder: '/app',
  nodePath: 'node',
  nodeVersion: 'v20.20.2',
  hasTsx: false,
};

function commandOf(change: Partial<TargetFacts>) {
  const target = findTargetCommand({ ...facts, ...change });
  return target.found ? target.command : target.why;
}

describe('the command of a file', () => {
  it('is node for JavaScript', () => {
    expect(commandOf({})).toEqual(['node', '/app/my server.js']);
    expect(commandOf({ file: '/app/a.mjs', nodePath: '/opt/node' })).toEqual(['/opt/node', '/app/a.mjs']);
  });

  it('is tsx for TypeScript, where it is installed', () => {
    const file = '/app/server.tsx';
    expect(commandOf({ file, hasTsx: true })).toEqual(['node', '--import', 'tsx', file]);
  });

  it('is node for TypeScript, where it strips types', () => {
    const file = '/app/server.ts';
    expect(commandOf({ file, nodeVersion: 'v24.1.0' })).toEqual(['node', file]);
    expect(commandOf({ file, nodeVersion: 'v22.18.0' })).toEqual(['node', file]);
    expect(commandOf({ file, nodeVersion: 'v23.6.0' })).toEqual(['node', file]);
    const flagged = ['node', '--experimental-strip-types', file];
    expect(commandOf({ file, nodeVersion: 'v22.6.0' })).toEqual(flagged);
    expect(commandOf({ file, nodeVersion: 'v23.0.0' })).toEqual(flagged);
  });

  it('is asked for where no Node.js here runs the file', () => {
    expect(commandOf({ file: '/app/server.ts' })).toMatch(/v20\.20\.2 does not run TypeScript/);
    expect(commandOf({ file: '/app/server.tsx', nodeVersion: 'v24.1.0' })).toMatch(/JSX/);
  });

  it('is what the user has set, with the file in one word', () => {
    expect(commandOf({ configured: 'npx tsx "${file}" --port 80' })).toEqual([
      'npx',
      'tsx',
      '/app/my server.js',
      '--port',
      '80',
    ]);
    expect(commandOf({ configured: 'node ${workspaceFolder}/dist/main.js' })).toEqual([
      'node',
      '/app/dist/main.js',
    ]);
    expect(commandOf({ configured: 'node "server.js' })).toMatch(/a quote is not closed/);
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
