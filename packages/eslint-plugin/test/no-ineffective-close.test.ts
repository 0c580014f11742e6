import { describe, expect, it } from 'vitest';
import { languages, lint, type Language } from './lint.js';

const NAME = 'graceful-shutdown/no-ineffective-close';
const rules = {
  [NAME]: 'error',
  'graceful-shutdown/require-server-close': 'error',
} as const;

const FRAMEWORKS = { express: 'express()', koa: 'new App()', connect: 'connect()' };

function program(framework: keyof typeof FRAMEWORKS, language: Language, rest: string): string {
  const local = framework === 'koa' ? 'App' : framework;
  const load =
    language === 'cjs' ? `const ${local} = require('${framework}');` : `import ${local} from '${framework}';`;
  return `${load}\nconst app = ${FRAMEWORKS[framework]};\n${rest}\n`;
}

const found = (code: string, language: Language = 'esm') =>
  lint(code, language, rules).map(({ ruleId, line }) => [ruleId, line]);

const HANDLED = `app.listen(3000);\nconst stop = () => app.close();\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`;

describe('the close of an application that has none', () => {
  it.each(Object.keys(FRAMEWORKS).flatMap((name) => languages.map((language) => [name, language] as const)))(
    'of %s (%s)',
    (name, language) => {
      expect(found(program(name as keyof typeof FRAMEWORKS, language, HANDLED), language)).toEqual([
        [NAME, 3],
      ]);
    },
  );

  it('is named with its line', () => {
    const [message] = lint(program('express', 'esm', HANDLED), 'esm', rules);
    expect(message?.message).toContain('SIGTERM and SIGINT handler');
    expect(message?.message).toContain('in line 4');
  });
});

describe('a close that exists', () => {
  it.each([
    [
      'of what listen returns',
      HANDLED.replace('app.listen', 'const server = app.listen').replace('app.close', 'server.close'),
    ],
    ['that the application was given', `${HANDLED}\napp.close = () => process.exit(0);`],
    ['or need not', HANDLED.replace('app.close()', 'app.close?.()')],
  ])('%s', (_name, rest) => {
    expect(found(program('express', 'esm', rest)).filter(([rule]) => rule === NAME)).toEqual([]);
  });

  it('of Fastify, whose application has one', () => {
    const code = `import fastify from 'fastify';\nconst app = fastify();\nawait app.listen({ port: 3000 });\nprocess.on('SIGTERM', () => app.close());\nprocess.on('SIGINT', () => app.close());\n`;
    expect(found(code)).toEqual([]);
  });
});
