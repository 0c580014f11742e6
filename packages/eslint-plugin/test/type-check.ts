import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const fixtures = ['express', 'koa', 'fastify', 'hono'];

export interface TypedProgram {
  readonly name: string;
  readonly code: string;
}

/** What TypeScript says of these files, each a program of its own, in one pass with the real types of the frameworks. */
export function typeErrorsOf(programs: readonly TypedProgram[]): string[] {
  // A file stands in the folder of the fixture whose framework it imports, where that resolves.
  const texts = new Map(
    programs.map(({ name, code }, index) => {
      const framework = fixtures.find((id) =>
        new RegExp(`from ["'](?:@hono/node-server|${id})["']`).test(code),
      );
      const folder = framework ? join(root, 'fixtures', /hono/.test(code) ? 'hono' : framework) : root;
      return [join(folder, `checked-${index}.mts`), { name, code }];
    }),
  );
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
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
