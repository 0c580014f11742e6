import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../src/index.js';
import { fix, fixedFor, lint, reports, strict } from './lint.js';

const OPEN = `import { createServer } from 'node:http';\n`;

describe('unusual code', () => {
  it.each([
    ['a cycle of variables', `let a = b;\nvar b = a;\na.listen(3000);`, []],
    [
      'a variable that is itself',
      `let server = server;\nserver.listen(3000);\nprocess.on(server, server);`,
      [],
    ],
    [
      'a function that returns itself',
      `const make = () => make();\nmake().listen(3000);\nprocess.on('SIGTERM', make());`,
      [],
    ],
    [
      'a cycle of parameters',
      `function f(x) {\n  g(x);\n  x.listen(1);\n}\nfunction g(y) {\n  f(y);\n}\nf();`,
      [],
    ],
    [
      'a cycle of fields',
      `class A {\n  a = this.b;\n  b = this.a;\n  start() {\n    this.a.listen(3000);\n  }\n}`,
      [],
    ],
    [
      'a cycle of handlers',
      `const server = createServer().listen(3000);\nfunction a() {\n  b();\n}\nfunction b() {\n  a();\n  server.close();\n}\nprocess.on('SIGTERM', a);\nprocess.on('SIGINT', b);`,
      ['require-drain-timeout'],
    ],
    [
      'a cycle of lists',
      `const a = [...b];\nconst b = [...a];\nfor (const s of a) process.on(s, () => {});\ncreateServer().listen(3000);`,
      [],
    ],
    [
      'calls without arguments',
      `process.on();\nprocess.once();\nrequire();\nimport(x);\ncreateServer().listen();`,
      [],
    ],
    [
      'holes and spreads',
      `const [, a = 1, ...rest] = [, ...[]];\nprocess.on(...['SIGTERM', () => {}]);\ncreateServer(...rest).listen(...rest, a);`,
      [],
    ],
    [
      'tagged templates, optional chains, private names',
      'class A {\n  #s = createServer();\n  go() {\n    this.#s?.listen?.(3000);\n    String.raw`a${this}`;\n  }\n}\nnew A().go();',
      ['require-signal-handlers'],
    ],
    [
      'new.target, import.meta, sequences',
      `function F() {\n  return new.target;\n}\n(import.meta, F)();\n(0, createServer)().listen(3000);`,
      [],
    ],
    [
      'labels, debugger, with blocks',
      `outer: for (;;) {\n  debugger;\n  { break outer; }\n}\ncreateServer().listen(3000);`,
      ['require-signal-handlers'],
    ],
    [
      'a class expression with static blocks',
      `const A = class {\n  static {\n    createServer().listen(3000);\n  }\n};`,
      ['require-signal-handlers'],
    ],
  ] as const)('%s', (_name, code, expected) => {
    const found = reports(OPEN + code, 'esm');
    expect(found).toEqual(expected);
    expect(() => fix(OPEN + code, 'esm')).not.toThrow();
  });

  it('TypeScript of every kind', () => {
    const code = `${OPEN}
      declare module 'x' { export function f(): void; }
      namespace N { export const a = 1; }
      enum Signal { Term = 'SIGTERM' }
      abstract class A<T> { abstract stop(): T; declare x: number; @decorate() start(@inject() a: string): void {} }
      function decorate() { return () => undefined!; }
      function inject(): any { return undefined as unknown as never; }
      function over(a: string): void; function over(a: number): void; function over(a: unknown) { void a; }
      type M = { [K in 'a']: K };
      const server = <any>createServer();
      (server as any)!.listen(3000);
      process.on(Signal.Term, () => {});
      export = server;`;
    expect(() => fix(code, 'ts')).not.toThrow();
    expect(reports(code, 'ts')).toEqual([]);
  });

  it('JSX', () => {
    const config = [
      {
        files: ['**/*.jsx'],
        plugins: { 'graceful-shutdown': plugin },
        languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
        rules: strict,
      },
    ];
    const code = `import express from 'express';\nconst app = express();\napp.get('/', (q, r) => r.send(<p {...q}>{'listen'}</p>));\napp.listen(3000);\n`;
    const { output, messages } = new Linter().verifyAndFix(code, config, { filename: 'server.jsx' });
    expect(messages).toEqual([]);
    expect(output).toContain('const server = app.listen(3000);');
  });

  it('an empty file, and one of comments only', () => {
    for (const code of ['', '\n', '// listen', '#!/usr/bin/env node\n', "'use strict' // listen"]) {
      expect(reports(code, 'cjs')).toEqual([]);
    }
  });

  it('a byte order mark', () => {
    const output = fixedFor(`\uFEFF${OPEN}createServer().listen(3000);\n`, 'esm');
    expect(output.startsWith(`\uFEFF${OPEN.trimEnd()}`)).toBe(true);
  });

  it('a parser that gives no scope manager of its own', () => {
    const bare = {
      parse: (code: string) => parser.parse(code, { range: true, loc: true, tokens: true, comment: true }),
    };
    const config = [
      {
        plugins: { 'graceful-shutdown': plugin },
        languageOptions: { parser: bare as unknown as Linter.Parser },
        rules: strict,
      },
    ];
    const code = `${OPEN}const server = createServer();\nserver.listen(3000);\n`;
    expect(new Linter().verify(code, config, { filename: 'a.js' })).toHaveLength(1);
  });
});

describe('large files', () => {
  const LINES = 6000;

  it.each<[string, (line: number) => string]>([
    [
      'functions',
      (line) => `function f${line}(a) { const b = f${line && line - 1}(a); return b.listen ? b : a; }`,
    ],
    [
      'calls of one method',
      (line) => `app.get('/${line}', (request, response) => response.send(app.locals.x${line}));`,
    ],
    ['a chain of variables', (line) => `const v${line} = v${line && line - 1};`],
    ['assignments of one variable', (line) => `shared = make(${line}); shared.listen;`],
    ['calls of one function', (line) => `start(server, ${line});`],
    ['values that listen', (line) => `other${line}.listen(${line});`],
  ])('%s', (_name, write) => {
    const body = Array.from({ length: LINES }, (_, line) => write(line)).join('\n');
    const code = `import express from 'express';\nimport { make } from './make.js';\nconst app = express();\nlet shared;\nlet server;\nfunction start(s) {\n  s.listen(1);\n}\n${body}\napp.listen(3000);\n`;
    // How long that takes stands in the benchmarks.
    expect(lint(code, 'esm').map(({ ruleId }) => ruleId)).toContain(
      'graceful-shutdown/require-signal-handlers',
    );
  });

  it('fields of one class', () => {
    const methods = Array.from(
      { length: 2000 },
      (_, index) => `  m${index}() {\n    this.server.listen(${index + 1});\n  }`,
    );
    const code = `${OPEN}class A {\n  server = createServer();\n${methods.join('\n')}\n}\nnew A();\n`;
    expect(lint(code, 'esm')).toHaveLength(2000);
  });

  it('does not overflow on a long chain or sum', () => {
    const chain = `${OPEN}const text = ${Array(3000).fill("'a'").join(' + ')};\ncreateServer()${'.on(text, text)'.repeat(1000)}.listen(3000);\n`;
    expect(() => fix(chain, 'esm')).not.toThrow();
  });
});
