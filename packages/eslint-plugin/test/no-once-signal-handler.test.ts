import { noOnceSignalHandler } from '../src/rules/no-once-signal-handler.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = noOnceSignalHandler as never;

const OPEN = `import { createServer } from 'node:http';\nconst server = createServer();\nserver.listen(3000);\n`;
const DRAIN = `setTimeout(() => process.exit(1), 5000).unref(); server.close(() => process.exit(0));`;
const onBoth = (method: string, listener = 'stop') =>
  `process.${method}('SIGTERM', ${listener});\nprocess.${method}('SIGINT', ${listener});\n`;
const STOP = `function stop() { ${DRAIN} }\n`;
const GUARDED = `let draining = false;\nfunction stop() { if (draining) return; draining = true; ${DRAIN} }\n`;
const once = { messageId: 'once' as const };

ruleTester.run('no-once-signal-handler', rule, {
  valid: [
    OPEN,
    `${OPEN}${STOP}${onBoth('on')}`,
    // Somebody else listens for the second signal.
    `${OPEN}${STOP}${onBoth('once')}${onBoth('on', '() => console.log()')}`,
    `${OPEN}function stop() { ${onBoth('on', '() => process.exit(1)')} ${DRAIN} }\n${onBoth('once')}`,
    `${OPEN}${STOP}${onBoth('once')}process.on(name, () => {});\n`,
    // It does not drain, or not to its end.
    `${OPEN}${onBoth('once', '() => process.exit()')}`,
    `${OPEN}${onBoth('once', '() => console.log()')}`,
    `${OPEN}${onBoth('once', '() => { server.close(); process.exit(); }')}`,
    // It is meant.
    `${OPEN}function stop() { console.log('Press Ctrl-C again to force'); ${DRAIN} }\n${onBoth('once')}`,
    `${OPEN}${STOP}// The second signal kills.\n${onBoth('once').replace('\n', '\n// The second signal kills.\n')}`,
    // nodemon's own, raised again.
    `${OPEN}process.once('SIGUSR2', () => server.close(() => process.kill(process.pid, 'SIGUSR2')));\n`,
    // Nothing is drained: gRPC's cuts.
    `import { Server } from '@grpc/grpc-js';\nconst server = new Server();\nserver.bindAsync('0.0.0.0:1', creds, () => {});\n${onBoth('once', '() => server.forceShutdown()')}`,
    // Not known.
    `import { stop } from './stop.js';\n${OPEN}${onBoth('once')}`,
    `import closeWithGrace from 'close-with-grace';\n${OPEN}closeWithGrace({ delay: 500 }, () => new Promise((resolve) => server.close(resolve)));\n`,
    `${OPEN}import { on } from 'node:events';\nasync function wait() { for await (const _ of on(process, 'SIGTERM')) { ${DRAIN} } }\nwait();\n`,
  ],
  invalid: [
    {
      name: 'a function, both signals',
      code: `${OPEN}${STOP}${onBoth('once')}`,
      errors: [
        { ...once, line: 5, column: 9, data: { signals: 'SIGTERM', where: 'registered here' } },
        { ...once, line: 6 },
      ],
      output: `${OPEN}${GUARDED}${onBoth('on')}`,
    },
    {
      name: 'prepended, in a chain',
      code: `${OPEN}${STOP}process.prependOnceListener('SIGTERM', stop).prependOnceListener('SIGINT', stop);\n`,
      errors: [once, once],
      output: `${OPEN}${GUARDED}process.prependListener('SIGTERM', stop).prependListener('SIGINT', stop);\n`,
    },
    {
      name: 'each signal by a function of its own: a flag for both',
      code: `${OPEN}${onBoth('once', `() => {\n  ${DRAIN}\n}`)}`,
      errors: [once, once],
      output: `${OPEN}let draining = false;\n${onBoth('on', `() => {\n  if (draining) return;\n  draining = true;\n  ${DRAIN}\n}`)}`,
    },
    {
      name: 'guarded already',
      code: `${OPEN}${GUARDED}${onBoth('once')}`,
      errors: [once, once],
      output: `${OPEN}${GUARDED}${onBoth('on')}`,
    },
    {
      name: 'one function that both arrows call, below them',
      code: text`
        const { createServer } = require('http')
        const server = createServer()
        server.listen(3000)
        process.once('SIGTERM', () => stop('SIGTERM'))
        process.once('SIGINT', () => stop('SIGINT'))
        async function stop(signal) {
          console.log(signal)
          setTimeout(() => process.exit(1), 5000).unref()
          server.close(() => process.exit(0))
        }
      `,
      languageOptions: { sourceType: 'commonjs' } as never,
      errors: [once, once],
      output: text`
        const { createServer } = require('http')
        const server = createServer()
        server.listen(3000)
        let draining = false
        process.on('SIGTERM', () => stop('SIGTERM'))
        process.on('SIGINT', () => stop('SIGINT'))
        async function stop(signal) {
          if (draining) return
          draining = true
          console.log(signal)
          setTimeout(() => process.exit(1), 5000).unref()
          server.close(() => process.exit(0))
        }
        `,
    },
    {
      name: 'a loop over the signals has one flag',
      code: text`
        ${OPEN.trimEnd().replaceAll('\n', '\n        ')}
        for (const signal of ['SIGTERM', 'SIGINT']) {
          process.once(signal, (): void => {
            ${DRAIN}
          });
        }
      `,
      errors: [once],
      output: text`
        ${OPEN.trimEnd().replaceAll('\n', '\n        ')}
        let draining = false;
        for (const signal of ['SIGTERM', 'SIGINT']) {
          process.on(signal, (): void => {
            if (draining) return;
            draining = true;
            ${DRAIN}
          });
        }
      `,
    },
    {
      name: 'a list that begins the line, without semicolons',
      code: `import { createServer } from 'node:http'\nconst server = createServer()\nserver.listen(3000)\n\n;['SIGTERM', 'SIGINT'].forEach((signal) => process.once(signal, () => server.close()))\nsetTimeout(() => {})\n`,
      errors: [once],
      output: `import { createServer } from 'node:http'\nconst server = createServer()\nserver.listen(3000)\n\n;let draining = false;\n['SIGTERM', 'SIGINT'].forEach((signal) => process.on(signal, () => {\n  if (draining) return\n  draining = true\n  server.close()\n}))\nsetTimeout(() => {})\n`,
    },
    {
      name: 'each server of a function has a flag of its own',
      code: `import { createServer } from 'node:http';\nfunction start(port: number) {\n  const server = createServer();\n  server.listen(port);\n  process.once('SIGTERM', () => server.close());\n  process.on('SIGINT', () => server.close());\n}\nstart(1);\nstart(2);\n`,
      errors: [once],
      output: `import { createServer } from 'node:http';\nfunction start(port: number) {\n  const server = createServer();\n  server.listen(port);\n  let draining = false;\n  process.on('SIGTERM', () => {\n    if (draining) return;\n    draining = true;\n    server.close();\n  });\n  process.on('SIGINT', () => server.close());\n}\nstart(1);\nstart(2);\n`,
    },
    {
      name: 'a promise of the signal',
      code: `${OPEN}async function main() {\n  await new Promise((resolve) => process.once('SIGTERM', resolve));\n  stop();\n}\nfunction stop() { ${DRAIN} }\nprocess.on('SIGINT', stop);\nmain();\n`,
      errors: [once],
      output: `${OPEN}async function main() {\n  await new Promise((resolve) => process.on('SIGTERM', resolve));\n  stop();\n}\nfunction stop() { ${DRAIN} }\nprocess.on('SIGINT', stop);\nmain();\n`,
    },
    {
      name: 'no fix where the function is called for another reason, or gives something back',
      code: `${OPEN}${STOP}${onBoth('once')}server.on('error', stop);\n`,
      errors: [once, once],
      output: null,
    },
    {
      name: 'no fix where it returns something',
      code: `${OPEN}async function stop() { ${DRAIN} return server; }\n${onBoth('once')}`,
      errors: [once, once],
      output: null,
    },
    {
      name: 'no fix where it is exported',
      code: `${OPEN}export ${STOP}${onBoth('once')}`,
      errors: [once, once],
      output: null,
    },
    {
      name: 'no fix where the signal is raised again',
      code: `${OPEN}function stop(signal) { setTimeout(() => process.exit(1), 5000); server.close(() => process.kill(process.pid, signal)); }\n${onBoth('once')}`,
      errors: [once, once],
      output: null,
    },
    {
      name: 'offered, not done, where the option says so',
      code: `${OPEN}process.once('SIGTERM', () => { ${DRAIN} });\n`,
      options: [{ fix: 'suggestion' }],
      errors: [
        {
          ...once,
          suggestions: [
            {
              messageId: 'suggestion',
              output: `${OPEN}let draining = false;\nprocess.on('SIGTERM', () => { if (draining) return; draining = true; ${DRAIN} });\n`,
            },
          ],
        },
      ],
    },
  ],
});
