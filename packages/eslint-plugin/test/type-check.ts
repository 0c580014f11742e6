import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const fixtures = join(root, 'fixtures');

/** The folders of the fixtures, those with the fewest packages first, and what is installed in them. */
const installed = readdirSync(fixtures)
  .filter((id) => existsSync(join(fixtures, id, 'package.json')))
  .map((id) => {
    const { dependencies = {} } = JSON.parse(readFileSync(join(fixtures, id, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    return { folder: join(fixtures, id), packages: Object.keys(dependencies) };
  })
  .sort((one, other) => one.packages.length - other.packages.length);

/** The folder of the fixture whose framework a program imports, where that resolves. */
function folderOf(code: string): string {
  const imported = Array.from(
    code.matchAll(/from ["']((?:@[^/"']+\/)?(?!node:)[\w.-]+)/g),
    ([, name = '']) => name,
  ).filter((name) => !isBuiltin(name));
  return installed.find(({ packages }) => imported.every((name) => packages.includes(name)))?.folder ?? root;
}

export interface TypedProgram {
  readonly name: string;
  readonly code: string;
}

/** What TypeScript says of these files, each a program of its own, in one pass with the real types of the frameworks. */
export function typeErrorsOf(programs: readonly TypedProgram[], types: 'node' | 'bun' = 'node'): string[] {
  const texts = new Map(
    programs.map(({ name, code }, index) => [join(folderOf(code), `checked-${index}.mts`), { name, code }]),
  );
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    types: [types],
    typeRoots: [join(root, 'node_modules/@types'), join(fixtures, 'bun/node_modules/@types')],
    strict: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => texts.has(resolve(file)) || fileExists(file);
  host.readFile = (file) => texts.get(resolve(file))?.code ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const own = texts.get(resolve(file));
    return own
      ? ts.createSourceFile(file, own.code, ts.ScriptTarget.ES2022, true)
      : getSourceFile(file, ...rest);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts].flatMap(([file, { name, code }]) => {
    const source = program.getSourceFile(file);
    const diagnostics = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return diagnostics.map(({ start = 0, messageText }) => {
      const line = code.slice(0, start).split('\n').length;
      return `${name}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')} | ${code.split('\n')[line - 1]?.trim()}`;
    });
  });
}
