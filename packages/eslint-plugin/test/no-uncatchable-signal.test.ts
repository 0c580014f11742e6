import { noUncatchableSignal } from '../src/rules/no-uncatchable-signal.js';
import { ruleTester } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = noUncatchableSignal as never;

const uncatchable = { messageId: 'uncatchable' as const };

ruleTester.run('no-uncatchable-signal', rule, {
  valid: [
    `process.on('SIGTERM', stop);`,
    `process.on('exit', stop);`,
    `process.kill(process.pid, 'SIGKILL');`,
    `process.on('SIGTERM', () => child.kill('SIGKILL'));`,
    `child.on('SIGKILL', stop);`,
    `for (const signal of ['SIGTERM', 'SIGKILL']) child.kill(signal);\nprocess.on('SIGTERM', stop);`,
    // It is expected to throw.
    `try { process.on('SIGKILL', stop); } catch { process.on('SIGTERM', stop); }`,
    `for (const signal of signals) { try { process.on(signal, stop); } catch {} }\nconst signals = ['SIGKILL'];`,
    `expect(() => process.on('SIGKILL', stop)).toThrow();`,
    `assert.throws(() => { process.on('SIGSTOP', stop); });`,
    // Not all of the list are listened for.
    `for (const signal of ['SIGTERM', 'SIGKILL']) if (signal !== 'SIGKILL') process.on(signal, stop);`,
    `['SIGTERM', 'SIGKILL'].filter((signal) => isCatchable(signal)).forEach((signal) => process.on(signal, stop));`,
    `process.on(catchable ? 'SIGTERM' : 'SIGKILL', stop);`,
    `const process = new EventEmitter();\nprocess.on('SIGKILL', stop);`,
  ],
  invalid: [
    {
      name: 'a statement of its own goes with its line',
      code: `process.on('SIGTERM', stop);\n  process.on('SIGKILL', () => {\n    stop();\n  });\nlisten();\n`,
      errors: [{ ...uncatchable, data: { signal: 'SIGKILL' }, line: 2, column: 14 }],
      output: `process.on('SIGTERM', stop);\nlisten();\n`,
    },
    {
      name: 'beside others on the line',
      code: `process.once('SIGSTOP', stop); listen();`,
      errors: [uncatchable],
      output: ` listen();`,
    },
    {
      name: 'a link of a chain, the last and the first',
      code: `process.on('SIGTERM', stop).on('SIGKILL', stop);\nprocess.on('SIGSTOP', stop).on('SIGINT', stop);`,
      errors: [uncatchable, uncatchable],
      output: `process.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
    },
    {
      name: 'an element of a list, wherever it stands',
      code: `for (const signal of ['SIGKILL', 'SIGTERM'] as const) process.on(signal, stop);\n['SIGTERM', 'SIGSTOP'].forEach((signal) => { process.on(signal, stop); });`,
      errors: [uncatchable, uncatchable],
      output: `for (const signal of ['SIGTERM'] as const) process.on(signal, stop);\n['SIGTERM'].forEach((signal) => { process.on(signal, stop); });`,
    },
    {
      name: 'several elements, one after another',
      code: `const signals: NodeJS.Signals[] = ['SIGTERM', 'SIGKILL', 'SIGSTOP'];\nfor (const signal of signals) process.on(signal, stop);`,
      errors: [uncatchable, uncatchable],
      output: [
        `const signals: NodeJS.Signals[] = ['SIGTERM', 'SIGSTOP'];\nfor (const signal of signals) process.on(signal, stop);`,
        `const signals: NodeJS.Signals[] = ['SIGTERM'];\nfor (const signal of signals) process.on(signal, stop);`,
      ],
    },
    {
      name: 'no fix where the list is used elsewhere, or would be empty',
      code: `const signals = ['SIGTERM', 'SIGKILL'];\nsignals.forEach((signal) => process.on(signal, stop));\nconsole.log(signals);\n['SIGKILL'].forEach((signal) => process.on(signal, stop));`,
      errors: [uncatchable, uncatchable],
      output: null,
    },
    {
      name: 'no fix where the lines around it would become one, or where it is no statement of a block',
      code: `start()\nprocess.on('SIGKILL', stop);\n[1].map(String)\nif (x) process.on('SIGKILL', stop)`,
      errors: [uncatchable, uncatchable],
      output: null,
    },
    {
      name: 'imported',
      code: `const { on } = require('node:process');\non('SIGKILL', stop);`,
      languageOptions: { sourceType: 'commonjs' } as never,
      errors: [uncatchable],
      output: null,
    },
    {
      name: 'offered, not done, where the option says so',
      code: `process.on('SIGKILL', stop);\n`,
      options: [{ fix: 'suggestion' }],
      errors: [
        {
          ...uncatchable,
          suggestions: [{ messageId: 'suggestion', data: { signal: 'SIGKILL' }, output: '' }],
        },
      ],
    },
  ],
});
