import { describe, expect, it } from 'vitest';
import { fixedFor, languages, type Language } from './lint.js';
import { isWrittenIn, servers } from './servers.js';
import { typeErrorsOf } from './type-check.js';

/** A way to write a file, and what must hold for every line of the fixed one. */
interface Style {
  readonly id: string;
  readonly write: (code: string, language: Language) => string;
  readonly holds: (output: string) => void;
  readonly languages?: readonly Language[];
}

const MIT = '/*!\n * Copyright of somebody.\n * Licensed under the MIT licence.\n */\n';
const isCode = (line: string) => !line.trim().startsWith('//') && !line.startsWith(' *');
const codeOf = (output: string) => output.split(/\r?\n/).filter(isCode);

/** Names that the scaffolds would like to have. */
const parameters = ['server', 'inFlight', 'draining', 'shutDown', 'NetServer'];
const constants = 'Server ServerResponse Socket sessions sockets servers subscribe raw stopListening'.split(
  ' ',
);
const clashing = [...parameters, ...constants];

/** Whether the program declares the name itself: `import { Server } from 'socket.io'`. */
const isDeclared = (code: string, name: string) =>
  new RegExp(`\\b(?:const|let|import)\\b[^;=]*[{ ,]${name}[ ,}=]`).test(code);

const styles: readonly Style[] = [
  {
    id: 'double quotes',
    write: (code) => code.replaceAll("'", '"'),
    holds: (output) => expect(codeOf(output).join('\n')).not.toContain("'"),
  },
  {
    id: 'no semicolons',
    write: (code) => code.replace(/;$/gm, ''),
    holds: (output) => expect(codeOf(output).filter((line) => line.endsWith(';'))).toEqual([]),
  },
  {
    id: 'tabs',
    write: (code) => code.replace(/^( {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
    holds: (output) => expect(codeOf(output).filter((line) => line.startsWith(' '))).toEqual([]),
  },
  {
    id: 'four spaces',
    write: (code) => code.replace(/^ +/gm, (spaces) => spaces + spaces),
    holds: (output) => expect(codeOf(output).filter((line) => line.search(/[^ ]|$/) % 4 !== 0)).toEqual([]),
  },
  {
    id: 'CRLF',
    write: (code) => code.replaceAll('\n', '\r\n'),
    holds: (output) => expect(output.replaceAll('\r\n', '')).not.toContain('\n'),
  },
  {
    id: 'bare specifiers',
    write: (code, language) =>
      (language === 'cjs' ? "const fs = require('fs');\n" : "import fs from 'fs';\n") +
      code.replaceAll('node:', '') +
      'console.log(fs.constants);\n',
    holds: (output) => expect(output).not.toContain('node:'),
  },
  {
    id: "'use strict'",
    write: (code) => `'use strict';\n\n${code}`,
    holds: (output) => expect(output.startsWith("'use strict';\n")).toBe(true),
    languages: ['cjs'],
  },
  {
    id: 'hashbang',
    write: (code) => `#!/usr/bin/env node\n${code}`,
    holds: (output) => expect(output.startsWith('#!/usr/bin/env node\n')).toBe(true),
  },
  {
    id: 'licence',
    write: (code) => MIT + code,
    holds: (output) => expect(output.startsWith(MIT)).toBe(true),
  },
  {
    id: 'hashbang, strict and licence, without semicolons',
    write: (code) => `#!/usr/bin/env node\n${MIT}'use strict'\n${code.replace(/;$/gm, '')}`,
    holds: (output) => expect(output.startsWith(`#!/usr/bin/env node\n${MIT}'use strict'\n`)).toBe(true),
    languages: ['cjs'],
  },
  {
    id: 'names that clash',
    write: (code) => {
      const free = constants.filter((name) => !isDeclared(code, name));
      return `${code}\nconst names = (${parameters.join(', ')}) => [${[...parameters, ...free].join(', ')}];\nconst ${free.map((name) => `${name} = 1`).join(', ')};\nnames(1, 2, 3, 4, 5);\n`;
    },
    holds: (output) => expect(output).not.toMatch(/^(?:const|let) (?:server|inFlight|draining|shutDown)\b/m),
    languages: ['esm', 'cjs'],
  },
  {
    id: 'top-level names that clash',
    write: (code, language) =>
      `${code}\n${[...clashing, 'ServerHttp2Session']
        .filter((name) => !isDeclared(code, name))
        .map(
          (name) => `${language === 'cjs' ? 'exports.' + name + ' = 1; const' : 'export const'} ${name} = 1;`,
        )
        .join('\n')}\n`,
    holds: (output) => expect(output).toContain('NetServer = 1'),
  },
];

const cases = styles.flatMap((style) =>
  servers.flatMap((server) =>
    (style.languages ?? languages).flatMap((language) => {
      if (!isWrittenIn(server, language)) return [];
      const code = `${server.open(language)}\nfunction main() {\n  ${server.listen};\n}\n\nmain();\n`;
      const name = `${style.id}: ${server.id} (${language})`;
      return [{ name, style, language, code: style.write(code, language) }];
    }),
  ),
);

describe("the fix is written in the file's own style", () => {
  it.each(cases)('$name', ({ code, language, style }) => {
    style.holds(fixedFor(code, language));
  });

  it('type-checks, with no unused name', () => {
    const programs = cases
      .filter(({ language }) => language === 'ts')
      .map(({ name, code }) => ({ name, code: fixedFor(code, 'ts') }));
    expect(typeErrorsOf(programs)).toEqual([]);
  });
});
