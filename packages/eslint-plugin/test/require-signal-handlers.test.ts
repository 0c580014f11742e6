import { requireSignalHandlers } from '../src/rules/require-signal-handlers.js';
import { httpTemplate } from '../src/scaffold/http.js';
import type { Imports, Need } from '../src/scaffold/imports.js';
import type { Style } from '../src/scaffold/style.js';
import { inStyle } from '../src/scaffold/template.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = requireSignalHandlers as never;

interface Changes extends Partial<Style> {
  readonly drainTimeoutMs?: number;
  readonly server?: string;
  readonly base?: string;
}

const none = { messageId: 'none' as const };
const some = { messageId: 'some' as const };
const CREATE = `import { createServer } from 'node:http';\nconst server = createServer();\n`;

/** The drain of `server` in a file that imports `node:http` and nothing of `node:net`. */
function drain(
  signals: readonly string[],
  { drainTimeoutMs = 10_000, server = 'server', base = '', ...changes }: Changes = {},
): string {
  const style: Style = {
    quote: "'",
    semicolons: true,
    indent: '  ',
    newline: '\n',
    moduleSystem: 'esm',
    typescript: false,
    builtinPrefix: 'node:',
    numericSeparators: true,
    ...changes,
  };
  const imports = { use: ({ name }: Need) => (name === 'Server' ? 'NetServer' : `http.${name}`) } as Imports;
  const text = httpTemplate({
    server,
    signals,
    drainTimeoutMs,
    style,
    imports,
    fresh: (wish) => wish,
    creation: {} as never,
  });
  return `${inStyle(text, style, base)}\n`;
}

const both = drain(['SIGTERM', 'SIGINT']);

ruleTester.run('require-signal-handlers', rule, {
  valid: [
    'const server = { listen() {} }; server.listen(3000);',
    "import express from 'express'; const app = express(); export default app;",
    "import express from 'express'; const { listen } = express(); listen(3000);",
    "import { createServer } from './http.js'; createServer().listen(3000);",
    "import http from 'node:http'; http.get('http://localhost').listen;",
    "import { connect } from 'node:net'; connect(3000).listen();",
    "import axios from 'axios'; axios.listen(3000);",
    // A signal the options do not ask for is not missing.
    {
      code: `${CREATE}server.listen(3000);\nprocess.on('SIGTERM', () => server.close());`,
      options: [{ signals: ['SIGTERM'] }],
    },
    `${CREATE}const cluster = require('cluster');\nserver.listen(3000);\nfor (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => cluster.disconnect());`,
  ],
  invalid: [
    {
      name: 'a cluster without handlers: its primary needs one too, so that no fix is enough',
      code: `${CREATE}const cluster = require('cluster');\nif (cluster.isPrimary) cluster.fork();\nelse server.listen(3000);`,
      errors: [none],
      output: null,
    },
    {
      name: 'a server without handlers gets the whole drain',
      code: `${CREATE}\nserver.listen(3000);\n`,
      filename: 'server.js',
      errors: [{ ...none, line: 4, data: { missing: 'SIGTERM or SIGINT', handled: '' } }],
      output: `import { createServer } from 'node:http';\nimport { Server as NetServer } from 'node:net';\nconst server = createServer();\n\nserver.listen(3000);\n\n${both}`,
    },
    {
      name: 'signals and deadline are options',
      code: `${CREATE}\nserver.listen(3000);\n`,
      filename: 'server.js',
      options: [{ signals: ['SIGTERM', 'SIGINT', 'SIGHUP'], drainTimeoutMs: 2500 }],
      errors: [{ ...none, data: { missing: 'SIGTERM, SIGINT or SIGHUP', handled: '' } }],
      output: `import { createServer } from 'node:http';\nimport { Server as NetServer } from 'node:net';\nconst server = createServer();\n\nserver.listen(3000);\n\n${drain(['SIGTERM', 'SIGINT', 'SIGHUP'], { drainTimeoutMs: 2500 })}`,
    },
    {
      name: 'numbers have no separators where the language has none',
      code: `${CREATE}\nserver.listen(3000);\n`,
      filename: 'server.js',
      languageOptions: { ecmaVersion: 2020, parserOptions: { ecmaVersion: 2020 } } as object,
      errors: [none],
      output: `import { createServer } from 'node:http';\nimport { Server as NetServer } from 'node:net';\nconst server = createServer();\n\nserver.listen(3000);\n\n${drain(['SIGTERM', 'SIGINT'], { numericSeparators: false })}`,
    },
    {
      name: 'a file of ES5 gets no fix',
      code: `var http = require('http');\nhttp.createServer().listen(3000);\n`,
      languageOptions: { ecmaVersion: 5 } as object,
      errors: [none],
      output: null,
    },
    {
      name: 'offered, not done, where the option says so',
      code: `${CREATE}\nserver.listen(3000);\n`,
      filename: 'server.js',
      options: [{ fix: 'suggestion' }],
      errors: [
        {
          ...none,
          suggestions: [
            {
              messageId: 'suggestion',
              data: { missing: 'SIGTERM or SIGINT' },
              output: `import { createServer } from 'node:http';\nimport { Server as NetServer } from 'node:net';\nconst server = createServer();\n\nserver.listen(3000);\n\n${both}`,
            },
          ],
        },
      ],
    },
    {
      name: 'a field is copied in TypeScript, which cannot know in a callback that it is set',
      filename: 'server.ts',
      code: text`
        import http from 'node:http';

        class Application {
          private server?: http.Server;

          start(): void {
            this.server = http.createServer();
            this.server.listen(3000);
          }
        }

        new Application().start();
      `,
      errors: [none],
      output: text`
        import http from 'node:http';
        import { Server as NetServer } from 'node:net';

        class Application {
          private server?: http.Server;

          start(): void {
            this.server = http.createServer();
            this.server.listen(3000);

            const httpServer = this.server;

${drain(['SIGTERM', 'SIGINT'], { server: 'httpServer', typescript: true, base: ' '.repeat(12) })}          }
        }

        new Application().start();
      `,
    },
    {
      name: 'the handler of one signal gets the other',
      code: `${CREATE}server.listen(3000);\nprocess.on('SIGTERM', stop);\nfunction stop() {\n  server.close();\n}\n`,
      errors: [{ ...some, data: { missing: 'SIGINT', handled: 'SIGTERM' } }],
      output: `${CREATE}server.listen(3000);\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);\nfunction stop() {\n  server.close();\n}\n`,
    },
    {
      name: 'an inline handler of one signal becomes a loop over both',
      code: `${CREATE}server.listen(3000);\nprocess.on('SIGINT', () => {\n  server.close();\n});\n`,
      errors: [{ ...some, data: { missing: 'SIGTERM', handled: 'SIGINT' } }],
      output: `${CREATE}server.listen(3000);\nfor (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {\n  server.close();\n});\n`,
    },
    {
      name: 'the name of the loop is free',
      code: `${CREATE}const signal = 1;\nserver.listen(3000);\nprocess.on('SIGINT', () => {\n  server.close(signal);\n});\n`,
      errors: [some],
      output: `${CREATE}const signal = 1;\nserver.listen(3000);\nfor (const shutdownSignal of ['SIGINT', 'SIGTERM']) process.on(shutdownSignal, () => {\n  server.close(signal);\n});\n`,
    },
    {
      name: 'a handler that does not close the server is not given more signals',
      code: `${CREATE}server.listen(3000);\nprocess.on('SIGINT', () => process.exit());\n`,
      errors: [some],
      output: null,
    },
    {
      name: 'two servers that do not listen in one block are reported, but one exit would cut the other',
      code: `${CREATE}const admin = createServer();\nserver.listen(3000);\nif (process.env.ADMIN) {\n  admin.listen(3001);\n}\n`,
      errors: [
        { ...none, line: 4 },
        { ...none, line: 6 },
      ],
      output: null,
    },
    {
      name: 'so are servers of several kinds',
      code: `${CREATE}import { connect, createServer as createRaw } from 'node:net';\nconst raw = createRaw(() => connect(1));\nserver.listen(3000);\nraw.listen(3001);\n`,
      errors: [none, none],
      output: null,
    },
    {
      name: 'a server in a loop has no one name',
      code: `${CREATE}for (const port of [1, 2]) {\n  createServer().listen(port);\n}\nserver.on('x', () => {});`,
      errors: [none],
      output: null,
    },
    {
      name: 'nor has one in a while loop or a forEach without braces',
      code: `${CREATE}while (server) server.listen(3000);`,
      errors: [none],
      output: null,
    },
    ...[
      "import http2 from 'node:http2';\nhttp2.createSecureServer({ allowHTTP1: true }).listen(3000);",
      "import fastify from 'fastify';\nconst app = fastify({ http2: true });\nawait app.listen({ port: 3000 });",
      "import fastify from 'fastify';\nawait fastify().listen({ port: 3000 });",
      "import { serve } from '@hono/node-server';\nimport { createServer } from 'node:http2';\nserve({ createServer, port: 3000 });",
      "import express from 'express';\nconst servers = [express().listen(3000)];\nconsole.log(servers);",
      "import express from 'express';\nconsole.log(express().listen(3000));",
      "import express from 'express';\nconst [server] = [express().listen(3000)];\nconsole.log(server);",
      "import express from 'express';\nconst app = express();\nswitch (process.argv[2]) {\n  case 'start':\n    app.listen(3000);\n}",
      "import express from 'express';\nconst app = express();\nprocess.env.PORT && app.listen(3000);",
      "import express from 'express';\nconst app = express();\nconst start = async (port = app.listen(3000)) => port;\nstart();",
    ].map((code) => ({
      name: `declines: ${code.split('\n').at(-1) ?? ''}`,
      code,
      errors: [none],
      output: null,
    })),
  ],
});
