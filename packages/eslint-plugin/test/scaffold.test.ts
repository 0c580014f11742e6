import { describe, expect, it } from 'vitest';
import { fixedFor, languages, reports } from './lint.js';
import { isWrittenIn, places, servers } from './servers.js';
import { typeErrorsOf } from './type-check.js';

const cases = servers.flatMap((server) =>
  places.flatMap((place) =>
    languages.flatMap((language) => {
      if (!isWrittenIn(server, language) || (place.needsServer && !server.givesServer)) return [];
      if (place.languages && !place.languages.includes(language)) return [];
      const code = `${server.open(language)}\n${place.write(server.listen, language)}\n`;
      return [{ name: `${server.id}: ${place.id} (${language})`, language, code }];
    }),
  ),
);

/** Programs of two servers that share one drain. */
const pairs = languages.map((language) => {
  const http = servers[0];
  const express = servers.find(({ id }) => id === 'express');
  const opened = `${express?.open(language)}${http?.open(language).replace('const app', 'const admin')}`;
  const code = `${opened}\napp.listen(3000);\nadmin.listen(3001);\n`;
  return { name: `express and http (${language})`, language, code };
});

describe('the fix of several servers', () => {
  it.each(pairs)('$name', ({ code, language }) => {
    expect(reports(code, language)).toEqual(['require-signal-handlers', 'require-signal-handlers']);
    const output = fixedFor(code, language);
    expect(output.split("process.on('SIGTERM'")).toHaveLength(2);
    expect(output).toMatchSnapshot();
  });
});

describe('the fix of a server without handlers', () => {
  it.each(cases)('$name', ({ code, language }) => {
    expect(reports(code, language)).toEqual(['require-signal-handlers']);
    const output = fixedFor(code, language);
    expect(output).toContain("process.on('SIGTERM'");
    expect(output).toContain("process.on('SIGINT'");
    // What was there is kept: the fix adds lines, binds the server, and drops nothing.
    const left = wordsOf(output);
    for (const [word, count] of wordsOf(code))
      expect([word, (left.get(word) ?? 0) >= count]).toEqual([word, true]);
  });

  it.each(
    servers.flatMap((server) =>
      languages.filter((language) => isWrittenIn(server, language)).map((language) => ({ server, language })),
    ),
  )('$server.id ($language) reads well', ({ server, language }) => {
    expect(fixedFor(`${server.open(language)}\n${server.listen};\n`, language)).toMatchSnapshot();
  });

  it('type-checks, with no unused name', () => {
    const programs = [...cases, ...pairs]
      .filter(({ language }) => language === 'ts')
      .map(({ name, code }) => ({ name, code: fixedFor(code, 'ts') }));
    expect(programs.length).toBeGreaterThan(80);
    expect(typeErrorsOf(programs)).toEqual([]);
  });
});

function wordsOf(code: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of code.matchAll(/[\w.]+/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
