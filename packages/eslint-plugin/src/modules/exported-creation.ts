import type { ImportOrigin } from '../ast/import-origin.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findFramework, type Creation } from '../frameworks/index.js';
import type { Parser } from './context.js';
import { bindingsOf, requiredModule, type ModuleBindings } from './module-bindings.js';
import { parseModule } from './parse.js';
import { resolveRelative } from './resolve.js';

/** The call in another module that made what it exports, and the framework's export that was called. */
export interface ExportedCreation {
  readonly origin: ImportOrigin;
  readonly creation: Creation;
}

/**
 * What a module's export was made by: `export const app = express()`, `module.exports = app`, through barrels, and by
 * an exported function when it is called: `export function build() { const app = fastify(); …; return app; }`.
 * Null when it is made by no framework's call, or in a way that cannot be told from the module's top level.
 *
 * @param isCalled whether the export is called, and its result asked for
 */
export function findExportedCreation(
  file: string,
  name: string,
  isCalled: boolean,
  parser: Parser,
  seen = new Set<string>(),
): ExportedCreation | null {
  // Barrels load one another, in circles too: each is asked once.
  const question = [file, name, isCalled].join('\0');
  if (seen.has(question)) return null;
  seen.add(question);
  const program = parseModule(file, parser);
  const bindings = program && bindingsOf(program);
  if (!bindings) return null;
  const follow = (specifier: string, imported: string, called: boolean) => {
    const next = specifier.startsWith('.') ? resolveRelative(specifier, file) : null;
    return next ? findExportedCreation(next, imported, called, parser, seen) : null;
  };
  const value = bindings.exports.get(name);
  if (value) return resolve({ bindings, follow }, value, isCalled, new Set());
  const reExport = bindings.reExports.get(name);
  if (reExport) return follow(reExport.module, reExport.name, isCalled);
  for (const specifier of bindings.starExports) {
    const found = follow(specifier, name, isCalled);
    if (found) return found;
  }
  return null;
}

interface Scope {
  readonly bindings: Pick<ModuleBindings, 'imports' | 'values'>;
  readonly follow: (specifier: string, imported: string, called: boolean) => ExportedCreation | null;
}

function resolve(
  scope: Scope,
  expression: Node,
  isCalled: boolean,
  seen: Set<Node>,
): ExportedCreation | null {
  const node = unwrap(expression);
  if (seen.has(node)) return null;
  seen.add(node);
  if (isFunction(node)) return isCalled ? returned(scope, node, seen) : null;
  if (node.type === 'Identifier') {
    const imported = scope.bindings.imports.get(node.name);
    if (imported) return scope.follow(imported.module, imported.name, isCalled);
    const value = scope.bindings.values.get(node.name);
    return value ? resolve(scope, value, isCalled, seen) : null;
  }
  if (isCalled || (node.type !== 'CallExpression' && node.type !== 'NewExpression')) return null;
  const origin = originOf(scope, node.callee);
  const framework = origin && findFramework(origin.module);
  if (origin && framework?.creators.some((path) => path.join('.') === origin.path.join('.'))) {
    return { origin, creation: node };
  }
  return node.type === 'CallExpression' ? resolve(scope, node.callee, true, seen) : null;
}

/** What a function returns, by the constants of its own body first. */
function returned(scope: Scope, fn: FunctionNode, seen: Set<Node>): ExportedCreation | null {
  if (fn.body.type !== 'BlockStatement') return resolve(scope, fn.body, false, seen);
  const local = bindingsOf(fn.body);
  const values = new Map([...scope.bindings.values, ...local.values]);
  const inner = { ...scope, bindings: { imports: scope.bindings.imports, values } };
  const result = fn.body.body.findLast((statement) => statement.type === 'ReturnStatement');
  return result?.argument ? resolve(inner, result.argument, false, seen) : null;
}

/** The import a callee is: `express`, `http.createServer`, `require('fastify')`. */
function originOf({ bindings }: Scope, callee: Node): ImportOrigin | null {
  const node = unwrap(callee);
  if (node.type === 'Identifier') {
    const imported = bindings.imports.get(node.name);
    return imported ? { module: bare(imported.module), path: pathOf(imported.name) } : null;
  }
  if (node.type === 'MemberExpression' && node.object.type === 'Identifier') {
    const name = propertyName(node);
    const imported = bindings.imports.get(node.object.name);
    if (!imported || name === null) return null;
    return { module: bare(imported.module), path: [...pathOf(imported.name), ...pathOf(name)] };
  }
  const module = requiredModule(node);
  return module === null ? null : { module: bare(module), path: [] };
}

function bare(module: string): string {
  return module.replace(/^node:/, '');
}

function pathOf(name: string): string[] {
  return name === 'default' ? [] : [name];
}
