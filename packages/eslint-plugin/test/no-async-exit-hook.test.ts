import { noAsyncExitHook } from '../src/rules/no-async-exit-hook.js';
import { ruleTester } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = noAsyncExitHook as never;

const OPEN = `import { createServer } from 'node:http';\nconst server = createServer();\nserver.listen(3000);\n`;
const late = (what: string) => ({ messageId: 'exit' as const, data: { what } });
const AFTER_AWAIT = late('what comes after the await');
const library = (name: string) => ({ messageId: 'library' as const, data: { library: name, where: '' } });
const onExit = (listener: string, event = 'exit') => `process.on('${event}', ${listener});\n`;

ruleTester.run('no-async-exit-hook', rule, {
  valid: [
    onExit('(code) => console.log(code)'),
    onExit('() => { unlinkSync(file); }'),
    onExit('async () => { await flush(); report(); }', 'beforeExit'),
    onExit('async () => { await flush(); report(); }', 'SIGTERM'),
    // Not the process.
    `child.on('exit', async () => { await flush(); report(); });`,
    `import { spawn } from 'node:child_process';\nspawn('a').on('exit', () => setTimeout(() => {}, 1));`,
    // Nothing is left undone that is known to take time.
    onExit('async () => { log(); }'),
    onExit('async () => { await null; report(); }'),
    onExit('async () => { await fs.unlinkSync(file); report(); }'),
    onExit('async () => { await flush(); }'),
    onExit('async () => { await flush(); console.log(); }'),
    `function flush() { write(); }\n${onExit('async () => { await flush(); report(); }')}`,
    onExit('() => { Promise.resolve().then(() => report()); }'),
    onExit('() => { clearTimeout(timer); emitter.on("x", () => report()); }'),
    onExit('() => { servers.forEach((server) => server.kill()); }'),
    `${OPEN}${onExit('() => server.close()')}`,
    `const setTimeout = (f) => f();\n${onExit('() => setTimeout(() => report())')}`,
    onExit('stop') + `import { stop } from './stop.js';`,
    // A signal's handler has done it before.
    `async function stop() { await db.end(); process.exit(); }\nprocess.on('SIGTERM', stop).on('exit', stop);`,
    `class Emitter {\n  async emit() { await Promise.all(this.listeners.map(async (each) => { await each(); })); done(); }\n}\nconst disposed = new Emitter();\nprocess.on('SIGTERM', () => disposed.emit('SIGTERM'));\nprocess.on('exit', () => disposed.emit());`,
    // A library that waits, or something else that does.
    `${OPEN}import nodeCleanup from 'node-cleanup';\nnodeCleanup(() => { server.close(() => process.exit()); return false; });`,
    `${OPEN}import { onExit } from 'signal-exit';\nonExit(() => { server.close(); });\nprocess.on('SIGTERM', () => server.close()).on('SIGINT', () => server.close());`,
    `${OPEN}import { onExit } from 'signal-exit';\nonExit(() => { unlinkSync(file); });`,
    `${OPEN}import exitHook from 'async-exit-hook';\nexitHook((done) => { server.close(done); });`,
    // In a package without a server, it may not be asked to drain one.
    `import { onExit } from 'signal-exit';\nexport function attach(server) { onExit(() => { server.close(); }); }`,
  ],
  invalid: [
    {
      code: onExit('async () => { await flush(); report(); }'),
      errors: [{ ...AFTER_AWAIT, line: 1, column: 34 }],
    },
    { code: onExit('async function () { if (a) { await b.end(); } c.end(); }'), errors: [AFTER_AWAIT] },
    {
      code: `import { rm } from 'node:fs/promises';\n${onExit('async () => { await rm(file); }')}`,
      errors: [AFTER_AWAIT],
    },
    {
      code: `const { promises: fs } = require('fs');\n${onExit('async () => await fs.unlink(file)')}`,
      languageOptions: { parserOptions: { sourceType: 'script' } },
      errors: [AFTER_AWAIT],
    },
    {
      code: `${OPEN}${onExit('async (): Promise<void> => { await new Promise<void>((resolve) => server.close(() => resolve())); }')}`,
      errors: [AFTER_AWAIT],
    },
    {
      code: `${OPEN}${onExit('async () => { await new Promise((resolve) => server.close(resolve)); }')}`,
      errors: [AFTER_AWAIT],
    },
    {
      code: onExit('() => { setTimeout(() => report(), 10); }'),
      errors: [late('the callback of setTimeout()')],
    },
    { code: onExit('() => setImmediate(() => report())'), errors: [late('the callback of setImmediate()')] },
    { code: onExit('() => { flush().then(() => report()); }'), errors: [late('the callback of then()')] },
    {
      code: `import * as fs from 'node:fs';\n${onExit('() => { fs.writeFile(file, text, (error) => report(error)); }')}`,
      errors: [late('the callback of writeFile()')],
    },
    {
      code: `${OPEN}${onExit('() => { server.close(() => pool.end()); }')}`,
      errors: [late('the callback of close()')],
    },
    {
      name: 'in a function that it calls',
      code: `async function stop() {\n  await pool.end();\n  report();\n}\nprocess.once('exit', () => stop());\n`,
      errors: [{ ...AFTER_AWAIT, line: 2 }],
    },
    {
      code: `${OPEN}import { onExit } from 'signal-exit';\nonExit(() => { server.close(); });`,
      errors: [{ ...library('signal-exit'), line: 5 }],
    },
    {
      code: `${OPEN}import nodeCleanup from 'node-cleanup';\nnodeCleanup(() => { server.close(); });`,
      errors: [library('node-cleanup')],
    },
    {
      code: `${OPEN}import exitHook from 'exit-hook';\nexitHook(async () => { await new Promise((resolve) => server.close(resolve)); });`,
      errors: [library('exit-hook')],
    },
    {
      code: `${OPEN}import exitHook from 'async-exit-hook';\nexitHook(async () => { await new Promise((resolve) => server.close(resolve)); });`,
      errors: [library('async-exit-hook')],
    },
  ],
});
