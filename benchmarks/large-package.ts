import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A package as a large application has it: each file loads two of the others, speaks of the process, and listens to
 * something that it is given.
 */
export function makePackage(folder: string, count: number): { filename: string; text: string }[] {
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return Array.from({ length: count }, (_, index) => {
    const name = `part${String(index)}`;
    const filename = join(folder, 'src', `${name}.js`);
    const others = [index * 2 + 1, index * 2 + 2].filter((other) => other < count);
    const text = [
      ...others.map((other) => `import { part${String(other)} } from './part${String(other)}.js';`),
      `export function ${name}(source, name) {`,
      "  if (process.env.NODE_ENV === 'test') return;",
      '  source.on(name, () => source.emit(name));',
      ...others.map((other) => `  part${String(other)}(source, name);`),
      '}',
      '',
    ].join('\n');
    writeFileSync(filename, text);
    return { filename, text };
  });
}
