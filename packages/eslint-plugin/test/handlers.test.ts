import { describe, expect, it } from 'vitest';
import { reports, type Language } from './lint.js';

const OPEN = `import { createServer } from 'node:http';
const server = createServer((request, response) => response.end());
server.listen(3000);
`;
const STOP = `function stop() {
  setTimeout(() => process.exit(1), 5000).unref();
  server.close(() => process.exit(0));
}
`;
const BARE_STOP = `function stop() {
  server.close(() => process.exit(0));
}
`;

/** Every way to have one function run on both signals. `stop` is that function. */
const registrations: Readonly<Record<string, string>> = {
  on: `process.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
  once: `process.once('SIGTERM', stop);\nprocess.once('SIGINT', stop);`,
  addListener: `process.addListener('SIGTERM', stop);\nprocess.addListener('SIGINT', stop);`,
  prependListener: `process.prependListener('SIGTERM', stop);\nprocess.prependListener('SIGINT', stop);`,
  prependOnceListener: `process.prependOnceListener('SIGTERM', stop);\nprocess.prependOnceListener('SIGINT', stop);`,
  chain: `process.on('SIGTERM', stop).on('SIGINT', stop);`,
  'chain of three': `process.on('exit', () => {}).once('SIGTERM', stop).once('SIGINT', stop);`,
  computed: `process['on']('SIGTERM', stop);\nprocess['on']('SIGINT', stop);`,
  template: 'process.on(`SIGTERM`, stop);\nprocess.on(`SIGINT`, stop);',
  constant: `const TERM = 'SIGTERM';\nconst INT = 'SIGINT';\nprocess.on(TERM, stop);\nprocess.on(INT, stop);`,
  'for…of': `for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);`,
  'for…of a constant': `const signals = ['SIGTERM', 'SIGINT'];\nfor (const signal of signals) process.on(signal, stop);`,
  'for…of with let': `for (let signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);`,
  'for…of a spread': `const some = ['SIGINT'];\nfor (const signal of ['SIGTERM', ...some]) process.on(signal, stop);`,
  'for…of a set': `for (const signal of new Set(['SIGTERM', 'SIGINT'])) process.on(signal, stop);`,
  forEach: `['SIGTERM', 'SIGINT'].forEach((signal) => process.on(signal, stop));`,
  'forEach with a function': `['SIGTERM', 'SIGINT'].forEach(function (signal) {\n  process.on(signal, stop);\n});`,
  map: `['SIGTERM', 'SIGINT'].map((signal) => process.once(signal, stop));`,
  'forEach of a constant': `const signals = ['SIGTERM', 'SIGINT'];\nsignals.forEach((signal) => process.on(signal, stop));`,
  'Object.keys': `const codes = { SIGTERM: 15, SIGINT: 2 };\nObject.keys(codes).forEach((signal) => process.on(signal, stop));`,
  'Object.entries': `for (const [signal] of Object.entries({ SIGTERM: 15, SIGINT: 2 })) process.on(signal, stop);`,
  'conditional name': `process.on(process.argv[2] ? 'SIGTERM' : 'SIGINT', stop);`,
  globalThis: `globalThis.process.on('SIGTERM', stop);\nglobalThis.process.on('SIGINT', stop);`,
  'import process': `import process from 'node:process';\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
  'import { on }': `import { on } from 'node:process';\non('SIGTERM', stop);\non('SIGINT', stop);`,
  'import * as process': `import * as p from 'process';\np.on('SIGTERM', stop);\np.on('SIGINT', stop);`,
};

/** Every way to write the function. Each closes the server, with a deadline. */
const functions: Readonly<Record<string, string>> = {
  declaration: `${STOP}process.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
  'arrow constant': `const stop = () => {\n  setTimeout(() => process.exit(1), 5000);\n  server.close();\n};\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
  inline: `for (const signal of ['SIGTERM', 'SIGINT'])\n  process.on(signal, () => {\n    setTimeout(() => process.exit(1), 5000);\n    server.close();\n  });`,
  'called by an arrow': `${STOP}process.on('SIGTERM', () => stop());\nprocess.on('SIGINT', () => stop());`,
  async: `${STOP}process.on('SIGTERM', async () => {\n  await stop();\n});\nprocess.on('SIGINT', () => void stop());`,
  bound: `${STOP}process.on('SIGTERM', stop.bind(null));\nprocess.on('SIGINT', stop.bind(null, 1));`,
  factory: `const onSignal = (name) => () => {\n  console.log(name);\n  stop();\n};\n${STOP}process.on('SIGTERM', onSignal('SIGTERM'));\nprocess.on('SIGINT', onSignal('SIGINT'));`,
  'factory with a block': `function onSignal(name) {\n  return async () => {\n    console.log(name);\n    stop();\n  };\n}\n${STOP}process.on('SIGTERM', onSignal('SIGTERM'));\nprocess.on('SIGINT', onSignal('SIGINT'));`,
  method: `class Application {\n  constructor() {\n    process.on('SIGTERM', () => this.stop());\n    process.on('SIGINT', this.stop.bind(this));\n  }\n  stop() {\n    setTimeout(() => process.exit(1), 5000);\n    server.close();\n  }\n}\nnew Application();`,
  'arrow field': `class Application {\n  start() {\n    process.on('SIGTERM', this.stop);\n    process.on('SIGINT', this.stop);\n  }\n  stop = () => {\n    setTimeout(() => process.exit(1), 5000);\n    server.close();\n  };\n}\nnew Application().start();`,
  'private method': `class Application {\n  start() {\n    process.on('SIGTERM', () => this.#stop());\n    process.on('SIGINT', () => this.#stop());\n  }\n  #stop() {\n    setTimeout(() => process.exit(1), 5000);\n    server.close();\n  }\n}\nnew Application().start();`,
  'promisified close': `import { promisify } from 'node:util';\nasync function stop() {\n  setTimeout(() => process.exit(1), 5000);\n  await promisify(server.close.bind(server))();\n}\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
  race: `import { setTimeout as wait } from 'node:timers/promises';\nasync function stop() {\n  await Promise.race([new Promise((resolve) => server.close(resolve)), wait(5000)]);\n  process.exit();\n}\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
  'timers module': `import { setTimeout as after } from 'node:timers';\nfunction stop() {\n  after(() => process.exit(1), 5000);\n  server.close();\n}\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
  'globalThis.setTimeout': `function stop() {\n  globalThis.setTimeout(() => process.exit(1), 5000);\n  server.close();\n}\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
  'a deadline in a function of its own': `function startDeadline() {\n  setTimeout(forceExit, 5000).unref();\n}\nfunction forceExit() {\n  process.exit(1);\n}\nfunction stop() {\n  startDeadline();\n  server.close();\n}\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
};

/** What cannot be decided: never a report, whatever is missing. */
const unknowns: Readonly<Record<string, string>> = {
  'a name that is computed': `process.on(process.env.STOP_SIGNAL, () => server.close());`,
  'a name from another module': `import { signals } from './signals.js';\nfor (const signal of signals) process.on(signal, () => server.close());`,
  'a parameter': `export function handle(signal) {\n  process.on(signal, () => server.close());\n}`,
  'a lifecycle package': `import closeWithGrace from 'close-with-grace';\ncloseWithGrace({ delay: 500 }, () => server.close());`,
  'a setup from another module': `import { setupGracefulShutdown } from './lifecycle.js';\nsetupGracefulShutdown(server);`,
  'a setup method': `import lifecycle from './lifecycle.js';\nlifecycle.registerShutdown(server);`,
  'a setup of another package': `import { handleExit } from '@acme/process';\nhandleExit(server);`,
  'an extension of an editor': `import * as vscode from 'vscode';\nexport { vscode };`,
  electron: `import { app } from 'electron';\napp.quit();`,
  'events.on with a computed name': `import { on } from 'node:events';\non(process, process.env.NAME);`,
};

/** What is reported but for `once`, which handles a signal as well as `on`. */
const judged = (code: string, language: Language) =>
  reports(code, language).filter((rule) => rule !== 'no-once-signal-handler');

describe('both signals are handled', () => {
  it.each(Object.entries(registrations))('%s', (_name, code) => {
    expect(judged(`${OPEN}${STOP}${code}`, 'esm')).toEqual([]);
    expect(judged(`${OPEN}${STOP}${code}`, 'ts')).toEqual([]);
  });

  it.each(Object.entries(registrations))('%s, without a deadline', (_name, code) => {
    expect(judged(`${OPEN}${BARE_STOP}${code}`, 'esm')).toEqual(['require-drain-timeout']);
  });

  it.each(Object.entries(registrations).filter(([, code]) => !code.includes('?')))(
    '%s, of one signal',
    (_name, code) => {
      const once = code.replaceAll('SIGINT', 'SIGTERM');
      const expected = once.includes('SIGTERM: 2') ? [] : ['require-signal-handlers'];
      if (expected.length > 0) expect(judged(`${OPEN}${STOP}${once}`, 'esm')).toEqual(expected);
    },
  );

  it('once of node:events', () => {
    const once = `import { once } from 'node:events';\nawait Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);\nserver.close();`;
    expect(judged(OPEN + once, 'esm')).toEqual(['require-drain-timeout']);
  });

  it('as const', () => {
    const code = `const signals = ['SIGTERM', 'SIGINT'] as const;\nfor (const signal of signals) process.on(signal, stop);`;
    expect(reports(`${OPEN}${STOP}${code}`, 'ts')).toEqual([]);
    const satisfies = `const signals = ['SIGTERM', 'SIGINT'] satisfies NodeJS.Signals[];\nsignals.forEach((signal) => process.on(signal, stop));`;
    expect(reports(`${OPEN}${STOP}${satisfies}`, 'ts')).toEqual([]);
    const typed = `const signals: NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];\nsignals.forEach((signal: NodeJS.Signals) => { process.on(signal, stop); });`;
    expect(reports(`${OPEN}${STOP}${typed}`, 'ts')).toEqual([]);
  });
});

describe('the function that handles them', () => {
  it.each(Object.entries(functions))('%s', (_name, code) => {
    expect(reports(OPEN + code, 'esm')).toEqual([]);
  });

  it.each(Object.entries(functions).filter(([, code]) => code.includes('setTimeout(()')))(
    '%s, without a deadline',
    (_name, code) => {
      const bare = code.replace(/^.*setTimeout\(\(\).*\n/gm, '');
      expect(reports(OPEN + bare, 'esm')).toEqual(['require-drain-timeout']);
    },
  );
});

describe('one variable of several servers', () => {
  it.each([
    [
      'a variable',
      `let server;\nif (process.env.A) {\n  server = createServer().listen(1);\n} else {\n  server = createServer().listen(2);\n}\n`,
      'server',
    ],
    [
      'a field',
      `class A {\n  one() {\n    this.server = createServer().listen(1);\n  }\n  two() {\n    this.server = createServer().listen(2);\n  }\n  stop() {\n    process.on('SIGTERM', () => this.server.close()).on('SIGINT', () => this.server.close());\n  }\n}\nnew A();\n`,
      null,
    ],
  ])('%s', (_name, code, server) => {
    const handled = server
      ? `process.on('SIGTERM', () => ${server}.close()).on('SIGINT', () => ${server}.close());`
      : '';
    const found = reports(`import { createServer } from 'node:http';\n${code}${handled}`, 'esm');
    expect(found).toEqual(['require-drain-timeout', 'require-drain-timeout']);
  });
});

describe('what cannot be told is not reported', () => {
  it.each(Object.entries(unknowns))('%s', (_name, code) => {
    expect(reports(OPEN + code, 'ts')).toEqual([]);
  });
});

describe('what is no handler', () => {
  it.each([
    ['another event', `process.on('exit', () => server.close());`],
    ['another emitter', `server.on('SIGTERM', () => {});`],
    ['a rejection', `start().catch(() => server.close());\nasync function start() {}`],
    ['an error', `server.on('error', () => server.close());`],
    [
      'a process of its own',
      `const process = { on() {} };\nprocess.on('SIGTERM', () => {});\nprocess.on('SIGINT', () => {});`,
    ],
    ['a comment', `// process.on('SIGTERM', stop)`],
    ['SIGHUP', `process.on('SIGHUP', () => {});`],
    ['an event that throws', `process.on('uncaughtException', (error) => { throw error; });`],
  ])('%s', (_name, code) => {
    expect(reports(`${OPEN}${code}`, 'esm')).toEqual(['require-signal-handlers']);
  });
});
