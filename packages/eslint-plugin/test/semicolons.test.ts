import { describe, expect, it } from 'vitest';
import { fixedFor } from './lint.js';

const OPEN = `import express from 'express'\nconst app = express()\n`;

/** What must still stand as it was, apart from the scaffold: no line may be taken for a part of the one before it. */
describe('without semicolons, what follows is not run into', () => {
  it.each([
    ['a guarded call', `app.listen(3000)\n;(async () => {})()\n`, 'shutDown)\n;(async'],
    ['a guarded list', `app.listen(3000)\n\n;[1].forEach(console.log)\n`, 'shutDown)\n\n;[1]'],
    ['a guarded template', 'app.listen(3000)\n;`x`.length\n', 'shutDown)\n;`x`'],
    ['a call behind a semicolon', `app.listen(3000);\n(async () => {})()\n`, 'shutDown);\n(async'],
    ['a comment and a guarded call', `app.listen(3000) // go\n;(async () => {})()\n`, 'shutDown)\n;(async'],
    ['a statement on the same line', `app.listen(3000); console.log(1)\n`, 'shutDown)\n console.log(1)'],
    ['a brace on the same line', `if (app) { app.listen(3000) }\n`, 'shutDown)\n }'],
    ['a bare if', `if (app) app.listen(3000)\n;(async () => {})()\n`, 'shutDown)\n}(async'],
  ])('%s', (_name, code, kept) => {
    expect(fixedFor(OPEN + code, 'esm')).toContain(kept);
  });

  it('an import before a guarded call', () => {
    const code = `import express from 'express'\n;(async () => {})()\nconst app = express()\napp.listen(3000)\n`;
    expect(fixedFor(code, 'esm')).toContain(
      `import express from 'express'\nimport { Server as NetServer } from 'node:net'\n;(async`,
    );
  });

  it('no import before a call', () => {
    const code = `(async () => {\n  const { default: express } = await import('express')\n  const app = express()\n  app.listen(3000)\n})()\n`;
    expect(fixedFor(code, 'esm')).toMatch(/^import \{ Server as NetServer \} from 'node:net';\n\n\(async/);
  });

  it('a handler that gets another signal', () => {
    const handler = `const server = app.listen(3000)\nfunction stop() {\n  setTimeout(() => process.exit(1), 10)\n  server.close()\n}\nprocess.on('SIGTERM', stop)\n`;
    expect(fixedFor(`${OPEN}${handler};[1].map(String)\n`, 'esm')).toContain(
      `process.on('SIGTERM', stop)\nprocess.on('SIGINT', stop)\n;[1]`,
    );
  });

  it('an arrow whose body is a list', () => {
    const handler = `const server = app.listen(3000)\nfor (const s of ['SIGTERM', 'SIGINT'])\n  process.on(s, () => [server].forEach(() => server.close()))\n`;
    expect(fixedFor(OPEN + handler, 'esm')).toContain('10_000).unref();\n    [server]');
  });

  it('a body that begins with a list', () => {
    const handler = `const server = app.listen(3000)\nfor (const s of ['SIGTERM', 'SIGINT'])\n  process.on(s, () => {\n    [server].forEach(() => server.close())\n  })\n`;
    expect(fixedFor(OPEN + handler, 'esm')).toContain('10_000).unref();\n    [server]');
  });
});
