import { applyEdits } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { killedProgram, politeEdits } from '../src/core/kill-behavior.js';

const session = { type: 'pwa-node', request: 'launch', name: 'api', program: '/a/server.js' };

it.each([
  ['what the debugger fills in', { ...session, killBehavior: 'forceful' }, [{ name: 'api' }], '/a/server.js'],
  ['a start without launch.json', session, [], '/a/server.js'],
  ['one of another name', session, [{ name: 'other', killBehavior: 'forceful' }], '/a/server.js'],
  [
    'who has asked for it',
    { ...session, killBehavior: 'forceful' },
    [{ name: 'api', killBehavior: 'forceful' }],
  ],
  ['who has it', { ...session, killBehavior: 'polite' }, []],
  ['attaching', { ...session, request: 'attach' }, []],
  ['a browser', { ...session, type: 'chrome' }, []],
  ['a start of npm', { ...session, program: undefined }, []],
] as [string, object, object[], string?][])('knows %s', (_, started, written, program) => {
  expect(killedProgram(started as never, written as never)).toBe(program);
});

it('changes the one configuration, and leaves comments alone', () => {
  const text = `{
  // Mine.
  "configurations": [
    { "name": "other" },
    {
      "name": "api", // the server
      "request": "launch"
    },
  ]
}`;
  const format = { insertSpaces: true, tabSize: 2 };
  const edits = politeEdits(text, 'api', format) ?? [];
  expect(applyEdits(text, edits)).toBe(
    text.replace('"request": "launch"', '"request": "launch",\n      "killBehavior": "polite"'),
  );
  expect(politeEdits(text, 'none', format)).toBeUndefined();
  expect(politeEdits('', 'api', format)).toBeUndefined();
});
