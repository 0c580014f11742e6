import { noUnguardedSignalHandler } from '../src/rules/no-unguarded-signal-handler.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = noUnguardedSignalHandler as never;

const HAPI = `import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 3000 });\nawait server.start();\n`;
const SRVX = `import { serve } from 'srvx';\nconst server = serve({ fetch, gracefulShutdown: false });\n`;
const HTTP = `import { createServer } from 'node:http';\nconst server = createServer();\nserver.listen(3000);\n`;
const LIMIT = `setTimeout(() => process.exit(1), 5000).unref();`;
const PROMISE = `new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))`;
const on = (listener: string) => `process.on('SIGTERM', ${listener});\n`;
const requests = { messageId: 'requests' as const };
const cleanup = { messageId: 'cleanup' as const };

ruleTester.run('no-unguarded-signal-handler', rule, {
  valid: [
    HTTP,
    // A second close of node:http waits as the first does.
    `${HTTP}${on(`() => { ${LIMIT} server.close(() => process.exit(0)); }`)}`,
    `${HTTP}${on(`() => { ${LIMIT} server.close((error) => process.exit(error ? 1 : 0)); }`)}`,
    `${HTTP}${on(`() => { ${LIMIT} server.close((error) => { if (error) process.exit(1); process.exit(0); }); }`)}`,
    `${HTTP}${on(`async () => { ${LIMIT} await new Promise((resolve) => server.close(resolve)); await pool.end(); process.exit(0); }`)}`,
    `${HTTP}${on(`async () => { ${LIMIT} await ${PROMISE}; process.exit(0); }`)}`,
    `import Fastify from 'fastify';\nconst app = Fastify();\napp.listen({ port: 3000 });\n${on('async () => { await app.close(); process.exit(0); }')}`,
    // The other rule's.
    `${HAPI}process.once('SIGTERM', async () => { await server.stop(); process.exit(0); });\n`,
    // Not a signal that comes twice.
    `${HAPI}process.on('SIGUSR2', async () => { await server.stop(); process.exit(0); });\n`,
    // Guarded by a flag, in the handler or in what it calls.
    `${HAPI}let stopping = false;\n${on('async () => { if (stopping) return; stopping = true; await server.stop(); process.exit(0); }')}`,
    `${HAPI}let stopping = false;\n${on('async () => { if (!stopping) { stopping = true; await server.stop(); process.exit(0); } }')}`,
    `${HAPI}let stopping = false;\nasync function stop() { if (stopping) { console.log('wait'); return; } stopping = true; await server.stop(); process.exit(0); }\n${on('() => stop()')}`,
    `${HAPI}const state = { signals: 0 };\n${on('async () => { if (state.signals++ > 0) process.exit(1); await server.stop(); process.exit(0); }')}`,
    // By a promise that is remembered, by the server that is forgotten.
    `${HAPI}let stopping;\n${on('async () => { stopping ??= server.stop(); await stopping; process.exit(0); }')}`,
    `${HAPI}let stopping;\nfunction stop() { if (!stopping) stopping = server.stop(); return stopping; }\n${on('async () => { await stop(); process.exit(0); }')}`,
    // By its listeners.
    `${HAPI}${on(`async () => { process.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => {}); await server.stop(); process.exit(0); }`)}`,
    `import { once } from 'lodash-es';\n${HAPI}${on('once(async () => { await server.stop(); process.exit(0); })')}`,
    `import { once } from 'lodash-es';\n${HAPI}const stop = once(async () => { await server.stop(); process.exit(0); });\n${on('() => stop()')}`,
    // By a library.
    `import closeWithGrace from 'close-with-grace';\n${HAPI}closeWithGrace({ delay: 500 }, async () => { await server.stop(); });\n`,
    // The rejection does nothing.
    `${HAPI}${on('() => { server.stop().then(() => process.exit(0)).catch(console.error); }')}`,
    `${HAPI}${on('async () => { try { await server.stop(); process.exit(0); } catch (error) { console.error(error); } }')}`,
    `${HAPI}${on('async () => { await server.stop(); process.exit(0); }')}process.on('unhandledRejection', console.error);\n`,
    // Nothing ends the process when the second close is done.
    `${SRVX}${on('async () => { await server.close(); console.log("closed"); }')}`,
    // It is meant.
    `${HAPI}${on(`async () => { console.log('Press Ctrl-C again to force'); await server.stop(); process.exit(0); }`)}`,
    // It exits too early anyway, which is another rule's.
    `${HAPI}${on('() => { server.stop(); process.exit(0); }')}`,
    // Not known.
    `import { stop } from './stop.js';\n${HAPI}${on('stop')}`,
    `${HAPI}${on('async () => { if (process.env.DRAIN) await server.stop(); process.exit(0); }')}`,
  ],
  invalid: [
    {
      name: 'hapi, whose second stop is rejected',
      code: `${HAPI}${on('async () => {\n  await server.stop();\n  process.exit(0);\n}')}`,
      errors: [
        {
          ...requests,
          line: 4,
          column: 9,
          data: { signals: 'SIGTERM', where: 'registered here', fails: 'is rejected' },
        },
      ],
      output: `${HAPI}let draining = false;\n${on('async () => {\n  if (draining) return;\n  draining = true;\n  await server.stop();\n  process.exit(0);\n}')}`,
    },
    {
      name: 'whatever handles the rejection and exits',
      code: `${HAPI}${on('async () => { try { await server.stop(); } catch (error) { console.error(error); } process.exit(0); }')}`,
      errors: [requests],
      output: `${HAPI}let draining = false;\n${on('async () => { if (draining) return; draining = true; try { await server.stop(); } catch (error) { console.error(error); } process.exit(0); }')}`,
    },
    {
      name: 'each signal by a function of its own: a flag for both',
      code: `${HAPI}${['SIGTERM', 'SIGINT'].map((signal) => `process.on('${signal}', async () => {\n  await server.stop();\n  process.exit(0);\n});\n`).join('')}`,
      errors: [requests, requests],
      output: `${HAPI}let draining = false;\n${['SIGTERM', 'SIGINT'].map((signal) => `process.on('${signal}', async () => {\n  if (draining) return;\n  draining = true;\n  await server.stop();\n  process.exit(0);\n});\n`).join('')}`,
    },
    {
      name: 'one function for both signals, CommonJS, without semicolons',
      code: text`
        const Hapi = require('@hapi/hapi')
        const server = Hapi.server({ port: 3000 })
        server.start()
        function stop() {
          server.stop({ timeout: 9000 }).then(() => process.exit(0), () => process.exit(1))
        }
        process.on('SIGTERM', stop)
        process.on('SIGINT', stop)
      `,
      languageOptions: { sourceType: 'commonjs' } as never,
      errors: [requests, requests],
      output: text`
        const Hapi = require('@hapi/hapi')
        const server = Hapi.server({ port: 3000 })
        server.start()
        let draining = false
        function stop() {
          if (draining) return
          draining = true
          server.stop({ timeout: 9000 }).then(() => process.exit(0), () => process.exit(1))
        }
        process.on('SIGTERM', stop)
        process.on('SIGINT', stop)
      `,
    },
    {
      name: 'srvx, whose second close counts as done',
      code: `${SRVX}${on(`async (): Promise<void> => {\n  ${LIMIT}\n  await server.close();\n  process.exit(0);\n}`)}`,
      errors: [
        { ...requests, data: { signals: 'SIGTERM', where: 'registered here', fails: 'counts as done' } },
      ],
      output: `${SRVX}let draining = false;\n${on(`async (): Promise<void> => {\n  if (draining) return;\n  draining = true;\n  ${LIMIT}\n  await server.close();\n  process.exit(0);\n}`)}`,
    },
    {
      name: 'a close whose error exits while the first is busy with the database',
      code: `${HTTP}${on(`() => {\n  ${LIMIT}\n  server.close(async (error) => {\n    if (error) process.exit(1);\n    await pool.end();\n    process.exit(0);\n  });\n}`)}`,
      errors: [{ ...cleanup, line: 4, column: 9 }],
      output: `${HTTP}let draining = false;\n${on(`() => {\n  if (draining) return;\n  draining = true;\n  ${LIMIT}\n  server.close(async (error) => {\n    if (error) process.exit(1);\n    await pool.end();\n    process.exit(0);\n  });\n}`)}`,
    },
    {
      name: 'the same with callbacks',
      code: `${HTTP}${on(`() => { ${LIMIT} server.close((err) => { if (err) { console.error(err); process.exit(1); } pool.end(() => process.exit(0)); }); }`)}`,
      errors: [cleanup],
      output: `${HTTP}let draining = false;\n${on(`() => { if (draining) return; draining = true; ${LIMIT} server.close((err) => { if (err) { console.error(err); process.exit(1); } pool.end(() => process.exit(0)); }); }`)}`,
    },
    {
      name: 'a promise of the close that nobody catches',
      code: `${HTTP}${on(`async () => { ${LIMIT} await ${PROMISE}; await pool.end(); process.exit(0); }`)}`,
      errors: [cleanup],
      output: `${HTTP}let draining = false;\n${on(`async () => { if (draining) return; draining = true; ${LIMIT} await ${PROMISE}; await pool.end(); process.exit(0); }`)}`,
    },
    {
      name: 'a promisified close',
      code: `import { promisify } from 'node:util';\n${HTTP}${on(`async () => { ${LIMIT} await promisify(server.close.bind(server))(); await pool.end(); process.exit(0); }`)}`,
      errors: [cleanup],
      output: `import { promisify } from 'node:util';\n${HTTP}let draining = false;\n${on(`async () => { if (draining) return; draining = true; ${LIMIT} await promisify(server.close.bind(server))(); await pool.end(); process.exit(0); }`)}`,
    },
    {
      name: 'bound',
      code: `import Hapi from '@hapi/hapi';\nclass App {\n  server = Hapi.server({ port: 3000 });\n  async start() {\n    await this.server.start();\n    process.on('SIGTERM', this.stop.bind(this));\n  }\n  async stop() {\n    await this.server.stop();\n    process.exit(0);\n  }\n}\nnew App().start();\n`,
      errors: [requests],
      output: null,
    },
    {
      name: 'no fix where the function is called for another reason',
      code: `${HAPI}async function stop() { await server.stop(); process.exit(0); }\n${on('stop')}server.events.on('stop', stop);\n`,
      errors: [requests],
      output: null,
    },
    {
      name: 'offered, not done, where the option says so',
      code: `${HAPI}${on('async () => { await server.stop(); process.exit(0); }')}`,
      options: [{ fix: 'suggestion' }],
      errors: [
        {
          ...requests,
          suggestions: [
            {
              messageId: 'suggestion',
              output: `${HAPI}let draining = false;\n${on('async () => { if (draining) return; draining = true; await server.stop(); process.exit(0); }')}`,
            },
          ],
        },
      ],
    },
  ],
});
