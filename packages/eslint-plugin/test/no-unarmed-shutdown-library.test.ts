import { describe, expect, it } from 'vitest';
import { lint } from './lint.js';

const NAME = 'graceful-shutdown/no-unarmed-shutdown-library';
const found = (code: string) =>
  lint(code, 'ts', { [NAME]: 'error' }).map(({ line, message }) => [line, message.split(' ')[0]]);

const GRACEFUL = `import Graceful from '@ladjs/graceful';\nimport { server } from './server.js';\n`;
const EXITING = `import Exiting from 'exiting';\nimport { server } from './server.js';\n`;

describe('a library that is never started', () => {
  it.each([
    ['a statement', `${GRACEFUL}new Graceful({ servers: [server] });`, '@ladjs/graceful'],
    ['a constant', `${GRACEFUL}const graceful = new Graceful({ servers: [server] });`, '@ladjs/graceful'],
    [
      'a constant that is read',
      `${GRACEFUL}const graceful = new Graceful({ servers: [server] });\nconsole.log(graceful.config);`,
      '@ladjs/graceful',
    ],
    [
      'required',
      `const Graceful = require('@ladjs/graceful');\nnew Graceful({ servers: [] });`,
      '@ladjs/graceful',
    ],
    ['a manager', `${EXITING}Exiting.createManager(server);`, 'exiting'],
  ])('%s', (_name, code, library) => {
    const [[, name] = [], ...others] = found(code);
    expect([name, others]).toEqual([library, []]);
  });
});

describe('a library that is started, or may be', () => {
  it.each([
    ['at once', `${GRACEFUL}new Graceful({ servers: [server] }).listen();`],
    ['by its name', `${GRACEFUL}const graceful = new Graceful({ servers: [server] });\ngraceful.listen();`],
    [
      'in a function',
      `${GRACEFUL}const graceful = new Graceful({ servers: [server] });\nserver.listen(3000, () => graceful.listen());`,
    ],
    ['elsewhere', `${GRACEFUL}export const graceful = new Graceful({ servers: [server] });`],
    [
      'by whom it is handed to',
      `${GRACEFUL}const graceful = new Graceful({ servers: [server] });\nstart(graceful);`,
    ],
    [
      'by whom it is returned to',
      `${GRACEFUL}export const make = () => new Graceful({ servers: [server] });`,
    ],
    ['as a manager', `${EXITING}await Exiting.createManager(server).start();`],
    [
      'without being asked',
      `import closeWithGrace from 'close-with-grace';\ncloseWithGrace(() => undefined);`,
    ],
  ])('%s', (_name, code) => {
    expect(found(code)).toEqual([]);
  });
});
