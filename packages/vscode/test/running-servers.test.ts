import { expect, it } from 'vitest';
import { isRuntime, processesBelow } from '../src/core/running-servers.js';

it('finds the processes below a terminal, in whatever order the table has them', () => {
  const table = [
    { pid: 4, parentPid: 3 },
    { pid: 3, parentPid: 2 },
    { pid: 2, parentPid: 1 },
    { pid: 9, parentPid: 1 },
  ];
  expect(processesBelow([2], table).sort()).toEqual([2, 3, 4]);
  expect(processesBelow([77], table)).toEqual([]);
});

it.each([
  ['node server.js', true],
  ['/usr/local/bin/node --import tsx a.ts', true],
  ['bun run a.ts', true],
  ['vim node.md', false],
  ['/bin/sh -c node a', false],
])('%s runs a server: %s', (line, expected) => {
  expect(isRuntime(line)).toBe(expected);
});
