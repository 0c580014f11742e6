import { requireDrainTimeout } from '../src/rules/require-drain-timeout.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = requireDrainTimeout as never;

const OPEN = `import { createServer } from 'node:http';\nconst server = createServer();\nserver.listen(3000);\n`;
const unbounded = { messageId: 'unbounded' as const };
const onBoth = (listener: string) =>
  `process.on('SIGTERM', ${listener});\nprocess.on('SIGINT', ${listener});\n`;

ruleTester.run('require-drain-timeout', rule, {
  valid: [
    // Without a handler, the other rule speaks.
    OPEN,
    // Nothing is drained: there is nothing to bound.
    `${OPEN}${onBoth('() => process.exit()')}`,
    `${OPEN}${onBoth('() => console.log()')}`,
    `${OPEN}function stop() {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  server.close();\n}\n${onBoth('stop')}`,
    `${OPEN}function stop() {\n  server.close();\n  setTimeout(() => server.closeAllConnections(), 10_000);\n}\n${onBoth('stop')}`,
    `${OPEN}function stop() {\n  const deadline = AbortSignal.timeout(10_000);\n  deadline.onabort = () => process.exit(1);\n  server.close();\n}\n${onBoth('stop')}`,
    `${OPEN}async function stop() {\n  await Promise.race([new Promise((resolve) => server.close(resolve)), new Promise((resolve) => setTimeout(resolve, 5000))]);\n}\n${onBoth('stop')}`,
    // What another module does may bound the drain.
    `import { forceExitAfter } from './exit.js';\n${OPEN}function stop() {\n  forceExitAfter(5000);\n  server.close();\n}\n${onBoth('stop')}`,
    `import { stopAll } from './stop.js';\n${OPEN}${onBoth('stopAll')}`,
    `${OPEN}${onBoth('handlers[0]')}`,
    // Another server is closed, not this one.
    `${OPEN}import { other } from './other.js';\n${onBoth('() => other.close()')}`,
  ],
  invalid: [
    {
      name: 'a function with a block',
      code: `${OPEN}function stop() {\n  server.close();\n}\n${onBoth('stop')}`,
      errors: [{ ...unbounded, line: 3, data: { signals: 'SIGTERM and SIGINT', drainTimeoutMs: 10_000 } }],
      output: `${OPEN}function stop() {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  server.close();\n}\n${onBoth('stop')}`,
    },
    {
      name: 'a handler of more signals than anybody wants to read',
      code: `${OPEN}const stop = () => {\n  server.close();\n};\nfor (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM']) process.on(signal, stop);\n`,
      errors: [{ ...unbounded, data: { signals: 'SIGTERM and SIGINT', drainTimeoutMs: 10_000 } }],
      output: `${OPEN}const stop = () => {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  server.close();\n};\nfor (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM']) process.on(signal, stop);\n`,
    },
    {
      name: 'an arrow without a block',
      code: `${OPEN}const stop = () => server.close();\n${onBoth('stop')}`,
      errors: [unbounded],
      output: `${OPEN}const stop = () => {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  server.close();\n};\n${onBoth('stop')}`,
    },
    {
      name: 'a function that begins with a directive',
      code: `${OPEN}function stop() {\n  'use strict';\n  server.close();\n}\n${onBoth('stop')}`,
      errors: [unbounded],
      output: `${OPEN}function stop() {\n  'use strict';\n  setTimeout(() => process.exit(1), 10_000).unref();\n  server.close();\n}\n${onBoth('stop')}`,
    },
    {
      name: 'an arrow with parentheses around its body',
      code: `${OPEN}const stop = () => (server.close());\n${onBoth('stop')}`,
      errors: [unbounded],
      output: `${OPEN}const stop = () => {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  server.close();\n};\n${onBoth('stop')}`,
    },
    {
      name: 'inline arrows, each of them',
      code: `${OPEN}process.on('SIGTERM', () => server.close());\nprocess.on('SIGINT', () => { server.close(); });\n`,
      errors: [unbounded],
      output: `${OPEN}process.on('SIGTERM', () => {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  server.close();\n});\nprocess.on('SIGINT', () => { setTimeout(() => process.exit(1), 10_000).unref(); server.close(); });\n`,
    },
    {
      name: 'in a class, with tabs and double quotes, without semicolons',
      code: text`
        import { createServer } from "node:http"

        class Application {
        	server = createServer()
        	start() {
        		this.server.listen(3000)
        		process.on("SIGTERM", () => this.stop())
        		process.on("SIGINT", () => this.stop())
        	}
        	stop() {
        		this.server.close()
        	}
        }

        new Application().start()
      `,
      options: [{ drainTimeoutMs: 5000 }],
      errors: [unbounded],
      output: text`
        import { createServer } from "node:http"

        class Application {
        	server = createServer()
        	start() {
        		this.server.listen(3000)
        		process.on("SIGTERM", () => {
        			setTimeout(() => process.exit(1), 5_000).unref()
        			this.stop()
        		})
        		process.on("SIGINT", () => {
        			setTimeout(() => process.exit(1), 5_000).unref()
        			this.stop()
        		})
        	}
        	stop() {
        		this.server.close()
        	}
        }

        new Application().start()
      `,
    },
    {
      name: 'offered, not done, where the option says so',
      code: `${OPEN}function stop() {\n  server.close();\n}\n${onBoth('stop')}`,
      options: [{ fix: 'suggestion', drainTimeoutMs: 500 }],
      errors: [
        {
          ...unbounded,
          data: { signals: 'SIGTERM and SIGINT', drainTimeoutMs: 500 },
          suggestions: [
            {
              messageId: 'suggestion',
              data: { drainTimeoutMs: 500 },
              output: `${OPEN}function stop() {\n  setTimeout(() => process.exit(1), 500).unref();\n  server.close();\n}\n${onBoth('stop')}`,
            },
          ],
        },
      ],
    },
    {
      name: 'a wait is no deadline',
      code: `${OPEN}async function stop() {\n  await new Promise((resolve) => setTimeout(resolve, 500));\n  server.close();\n}\n${onBoth('stop')}`,
      errors: [unbounded],
      output: `${OPEN}async function stop() {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  await new Promise((resolve) => setTimeout(resolve, 500));\n  server.close();\n}\n${onBoth('stop')}`,
    },
    {
      name: 'a close that is put off is no deadline',
      code: `${OPEN}function stop() {\n  setTimeout(() => server.close(), 5000);\n}\n${onBoth('stop')}`,
      errors: [unbounded],
      output: `${OPEN}function stop() {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  setTimeout(() => server.close(), 5000);\n}\n${onBoth('stop')}`,
    },
    {
      name: 'only the handler without a deadline gets one',
      code: `${OPEN}process.on('SIGTERM', () => {\n  setTimeout(() => process.exit(1), 5000);\n  server.close();\n});\nprocess.on('SIGINT', () => {\n  server.close();\n});\n`,
      errors: [{ ...unbounded, data: { signals: 'SIGINT', drainTimeoutMs: 10_000 } }],
      output: `${OPEN}process.on('SIGTERM', () => {\n  setTimeout(() => process.exit(1), 5000);\n  server.close();\n});\nprocess.on('SIGINT', () => {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  server.close();\n});\n`,
    },
    {
      name: 'an empty-looking body with a comment, and an async arrow',
      code: `${OPEN}process.on('SIGTERM', async () => { // stop\n  await server.close();\n}).on('SIGINT', async () => await server.close());\n`,
      errors: [unbounded],
      output: `${OPEN}process.on('SIGTERM', async () => {\n  setTimeout(() => process.exit(1), 10_000).unref(); // stop\n  await server.close();\n}).on('SIGINT', async () => {\n  setTimeout(() => process.exit(1), 10_000).unref();\n  await server.close();\n});\n`,
    },
  ],
});
