import { describe, expect, it } from 'vitest';
import { fixedFor, reports } from './lint.js';
import { places } from './servers.js';

const SERVE = `Deno.serve({ port: 3000 }, () => new Response('Hello'))`;

describe('a server of Deno is fixed', () => {
  const cases = places
    .filter(({ id, languages }) => id !== 'chained' && (languages?.includes('esm') ?? true))
    .map((place) => ({ id: place.id, code: `const app = null;\n\n${place.write(SERVE, 'esm')}\n` }));

  it.each(cases)('$id', ({ code }) => {
    expect(reports(code, 'esm')).toEqual(['require-signal-handlers']);
    const output = fixedFor(code, 'esm');
    expect(output).toContain("Deno.addSignalListener('SIGTERM'");
    expect(output).toContain("Deno.addSignalListener('SIGINT'");
  });

  it('and reads well', () => {
    expect(fixedFor(`${SERVE};\n`, 'esm')).toMatchInlineSnapshot(`
      "const server = Deno.serve({ port: 3000 }, () => new Response('Hello'));

      // Graceful shutdown: stop accepting, finish the requests in flight, exit.
      // After 10 s, cut what is left.
      let draining = false;

      const shutDown = () => {
        if (draining) return;
        draining = true;
        setTimeout(() => Deno.exit(1), 10_000);
        server.shutdown().then(
          () => Deno.exit(0),
          () => Deno.exit(1),
        );
      };

      Deno.addSignalListener('SIGTERM', shutDown);
      Deno.addSignalListener('SIGINT', shutDown);
      "
    `);
  });
});

it.each([
  [
    'shuts down on both signals',
    `const server = ${SERVE};\nconst stop = async () => {\n  setTimeout(() => Deno.exit(1), 10_000);\n  await server.shutdown();\n  Deno.exit(0);\n};\nDeno.addSignalListener('SIGTERM', stop);\nDeno.addSignalListener('SIGINT', stop);`,
  ],
  ['is the default export, for `deno serve`', `export default { fetch: () => new Response('Hello') };`],
])('a server of Deno is left alone that %s', (_name, code) => {
  expect(reports(code, 'ts')).toEqual([]);
});
