import { noUnhandledShutdownRejection } from '../src/rules/no-unhandled-shutdown-rejection.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = noUnhandledShutdownRejection as never;

const OPEN = `import { createServer } from 'node:http';\nconst server = createServer();\nserver.listen(3000);\n`;
const LEAVE = `const leave = () => fetch('http://registry/me', { method: 'DELETE' });\n`;
const CLOSE = `setTimeout(() => process.exit(1), 5000).unref(); server.close(() => process.exit(0));`;
const on = (listener: string) => `process.on('SIGTERM', ${listener});\n`;
const unhandled = { messageId: 'unhandled' as const };
const CAUGHT = `try {\n  await leave();\n} catch (error) {\n  console.error(error);\n}`;

ruleTester.run('no-unhandled-shutdown-rejection', rule, {
  valid: [
    OPEN,
    // It is handled.
    `${OPEN}${LEAVE}${on(`async () => { try { await leave(); } catch {} ${CLOSE} }`)}`,
    `${OPEN}${LEAVE}${on(`async () => { await leave().catch(console.error); ${CLOSE} }`)}`,
    `${OPEN}${LEAVE}${on(`async () => { await leave().then(done, failed); ${CLOSE} }`)}`,
    `${OPEN}${LEAVE}${on(`async () => { await Promise.allSettled([leave()]); ${CLOSE} }`)}`,
    `${OPEN}${LEAVE}async function stop() { await leave(); ${CLOSE} }\n${on(`() => stop().catch(fail)`)}`,
    `${OPEN}${LEAVE}async function stop() { await leave(); ${CLOSE} }\n${on(`async () => { try { await stop(); } catch { process.exit(1); } }`)}`,
    // By the process.
    `${OPEN}${LEAVE}${on(`async () => { await leave(); ${CLOSE} }`)}process.on('unhandledRejection', console.error);\n`,
    `${OPEN}${LEAVE}${on(`async () => { await leave(); ${CLOSE} }`)}process.on('uncaughtException', console.error);\n`,
    `import * as Sentry from '@sentry/node';\n${OPEN}${LEAVE}${on(`async () => { await leave(); ${CLOSE} }`)}`,
    // By a library.
    `import closeWithGrace from 'close-with-grace';\n${OPEN}${LEAVE}closeWithGrace({ delay: 500 }, async () => { await leave(); await new Promise((resolve) => server.close(resolve)); });\n`,
    // It comes when the requests have been answered.
    `${OPEN}${LEAVE}${on(`() => server.close(async () => { await leave(); process.exit(0); })`)}`,
    `${OPEN}${LEAVE}${on(`async () => { await new Promise((resolve) => server.close(resolve)); await leave(); process.exit(0); }`)}`,
    // The close of the server itself.
    `import Fastify from 'fastify';\nconst app = Fastify();\napp.listen({ port: 3000 });\n${on('async () => { await app.close(); process.exit(0); }')}`,
    `${OPEN}import { promisify } from 'node:util';\n${on('async () => { await promisify(server.close.bind(server))(); process.exit(0); }')}`,
    // It never rejects, or nobody knows whether it does.
    `${OPEN}import { setTimeout as sleep } from 'node:timers/promises';\n${on(`async () => { await sleep(5000); ${CLOSE} }`)}`,
    `${OPEN}import { leave } from 'some-registry';\n${on(`async () => { await leave(); ${CLOSE} }`)}`,
    `${OPEN}import { rm } from 'node:fs/promises';\n${on(`async () => { await rm('/run/ready', { force: true }); ${CLOSE} }`)}`,
    `${OPEN}const fetch = async () => {};\n${on(`async () => { await fetch(); ${CLOSE} }`)}`,
    // Perhaps it does not come to it.
    `${OPEN}${LEAVE}${on(`async () => { if (process.env.REGISTRY) await leave(); ${CLOSE} }`)}`,
    // It exits too early whatever happens.
    `${OPEN}${LEAVE}${on(`async () => { await leave(); server.close(); process.exit(0); }`)}`,
    // It never closes.
    `${OPEN}${LEAVE}${on(`async () => { await leave(); process.exit(0); }`)}`,
  ],
  invalid: [
    {
      name: 'an async handler',
      code: `${OPEN}${LEAVE}${on(`async () => {\n  await leave();\n  ${CLOSE}\n}`)}`,
      errors: [
        { ...unhandled, line: 4, column: 21, data: { signals: 'SIGTERM', call: 'fetch', where: 'here' } },
      ],
      output: `${OPEN}${LEAVE}${on(`async () => {\n  ${CAUGHT.replaceAll('\n', '\n  ')}\n  ${CLOSE}\n}`)}`,
    },
    {
      name: 'CommonJS, without semicolons, written out over lines',
      code: text`
        const http = require('http')
        const axios = require('axios')
        const server = http.createServer()
        server.listen(3000)
        process.on('SIGTERM', async () => {
          await axios.put('http://registry/me', {
            up: false,
          })
          server.close(() => process.exit(0))
        })
      `,
      languageOptions: { sourceType: 'commonjs' } as never,
      errors: [{ ...unhandled, data: { signals: 'SIGTERM', call: 'axios.put', where: 'here' } }],
      output: text`
        const http = require('http')
        const axios = require('axios')
        const server = http.createServer()
        server.listen(3000)
        process.on('SIGTERM', async () => {
          try {
            await axios.put('http://registry/me', {
              up: false,
            })
          } catch (error) {
            console.error(error)
          }
          server.close(() => process.exit(0))
        })
      `,
    },
    {
      name: 'a function whose promise the handler throws away, typed',
      code: `${OPEN}import { unlink } from 'node:fs/promises';\nasync function stop(): Promise<void> {\n  await unlink('/run/app.pid');\n  ${CLOSE}\n}\n${on('() => void stop()')}`,
      errors: [{ ...unhandled, data: { signals: 'SIGTERM', call: 'unlink', where: 'here' } }],
      output: `${OPEN}import { unlink } from 'node:fs/promises';\nasync function stop(): Promise<void> {\n  try {\n    await unlink('/run/app.pid');\n  } catch (error) {\n    console.error(error);\n  }\n  ${CLOSE}\n}\n${on('() => void stop()')}`,
    },
    {
      name: 'a promise that floats beside the close',
      code: `${OPEN}${on(`() => {\n  fetch('http://registry/me', { method: 'DELETE' });\n  ${CLOSE}\n}`)}`,
      errors: [unhandled],
      output: `${OPEN}${on(`() => {\n  fetch('http://registry/me', { method: 'DELETE' }).catch((error) => console.error(error));\n  ${CLOSE}\n}`)}`,
    },
    {
      name: 'the promise of a function that closes the server too is caught inside of it',
      code: `${OPEN}${LEAVE}async function leaveAndClose() {\n  await leave();\n  ${CLOSE}\n}\n${on('async () => {\n  await leaveAndClose();\n}')}`,
      errors: [unhandled],
      output: `${OPEN}${LEAVE}async function leaveAndClose() {\n  ${CAUGHT.replaceAll('\n', '\n  ')}\n  ${CLOSE}\n}\n${on('async () => {\n  await leaveAndClose();\n}')}`,
    },
    {
      name: 'no fix where the result is used',
      code: `${OPEN}${on(`async () => { const left = await fetch('http://registry/me'); console.log(left.status); ${CLOSE} }`)}`,
      errors: [unhandled],
      output: null,
    },
    {
      name: 'a client with a base, a promisified command',
      code: `import axios from 'axios';\nimport { exec } from 'node:child_process';\nimport { promisify } from 'node:util';\n${OPEN}const registry = axios.create({ baseURL: 'http://registry' });\nconst run = promisify(exec);\n${on(`async () => { const left = await registry.delete('/me'); ${CLOSE} }`)}process.on('SIGINT', async () => { const left = await run('consul leave'); ${CLOSE} });\n`,
      errors: [
        { ...unhandled, data: { signals: 'SIGTERM', call: 'registry.delete', where: 'here' } },
        { ...unhandled, data: { signals: 'SIGINT', call: 'run', where: 'here' } },
      ],
      output: null,
    },
    {
      name: 'several of them, one report',
      code: `${OPEN}${LEAVE}${on(`async () => {\n  await Promise.all([leave(), fetch('http://other')]);\n  ${CLOSE}\n}`)}`,
      errors: [unhandled],
      output: `${OPEN}${LEAVE}${on(`async () => {\n  try {\n    await Promise.all([leave(), fetch('http://other')]);\n  } catch (error) {\n    console.error(error);\n  }\n  ${CLOSE}\n}`)}`,
    },
    {
      name: 'offered, not done, where the option says so',
      code: `${OPEN}${LEAVE}${on(`async () => {\n  await leave();\n  ${CLOSE}\n}`)}`,
      options: [{ fix: 'suggestion' }],
      errors: [
        {
          ...unhandled,
          suggestions: [
            {
              messageId: 'suggestion',
              output: `${OPEN}${LEAVE}${on(`async () => {\n  ${CAUGHT.replaceAll('\n', '\n  ')}\n  ${CLOSE}\n}`)}`,
            },
          ],
        },
      ],
    },
  ],
});
