import { describe, expect, it } from 'vitest';
import { parseShell } from '../../src/shape/shell-words.js';

const words = (line: string) => parseShell(line).commands.map((command) => command.words.join('|'));

describe('a shell line', () => {
  it.each([
    ['node server.js', ['node|server.js']],
    [`node 'a b' "c d" e\\ f`, ['node|a b|c d|e f']],
    ['A=1 B="2 3" node x', ['node|x']],
    ['a && b || c; d & e | f', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['node x > out.log 2>&1', ['node|x']],
    ['node \\\n  x', ['node|x']],
    ['node x # why', ['node|x']],
    ['a\nb', ['a', 'b']],
    ['echo "a && b"', ['echo|a && b']],
    ['', []],
  ])('%j', (line, expected) => {
    expect(words(line)).toEqual(expected);
    expect(parseShell(line).isSimple).toBe(true);
  });

  it('says what surrounds a command', () => {
    const { commands } = parseShell('A=1 a >x && b "$C" | c &');
    expect(commands).toMatchObject([
      { assignments: ['A=1'], hasRedirection: true, isComputed: false, before: '', after: '&&' },
      { hasRedirection: false, isComputed: true, before: '&&', after: '|' },
      { before: '|', after: '&' },
    ]);
  });

  it.each([
    'if true; then node x; fi',
    '(node x)',
    '{ node x; }',
    'f() { x; }',
    'cat <<E\nE',
    "node 'x",
    '[[ a ]]',
  ])('%j is more than simple commands', (line) => {
    expect(parseShell(line).isSimple).toBe(false);
  });
});
