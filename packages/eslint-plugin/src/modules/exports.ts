import type { TSESTree } from '@typescript-eslint/utils';
import { moduleOf, type Module } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import { findModule } from './parse.js';

/** What a module exports under a name: an expression of its own, or what another module exports. */
type Export = Node | { readonly from: string; readonly name: string };

interface Exports {
  /** `default` is the default export, or `module.exports`. */
  readonly named: ReadonlyMap<string, readonly Export[]>;
  /** Modules of which all is exported. */
  readonly all: readonly string[];
}

const known = new WeakMap<TSESTree.Program, Exports>();

/**
 * The expressions a module exports under a name, through barrels; a whole module is its `Program`.
 * Empty where it exports nothing of that name, or what another package does.
 *
 * @param name `default` for the default export and for `module.exports`
 */
export function findExport(module: Module, name: string, seen = new Set<string>()): readonly Node[] {
  // Barrels load one another, in circles too: each is asked once.
  const question = `${module.file}\0${name}`;
  if (seen.has(question)) return [];
  seen.add(question);
  const exports = known.get(module.ast) ?? read(module.ast);
  known.set(module.ast, exports);
  const own = (exports.named.get(name) ?? []).flatMap((exported) => {
    if ('type' in exported) return [exported];
    const next = findModule(exported.from, module);
    if (!next) return [];
    return exported.name === '*' ? [next.ast] : findExport(next, exported.name, seen);
  });
  if (own.length > 0) return own;
  for (const from of exports.all) {
    const next = findModule(from, module);
    const found = next ? findExport(next, name, seen) : [];
    if (found.length > 0) return found;
  }
  return [];
}

/** The names under which a module exports this very node: a function, a class, a constant's value. */
export function namesOfExport(node: Node): readonly string[] {
  const { ast } = moduleOf(node);
  const exports = known.get(ast) ?? read(ast);
  known.set(ast, exports);
  return [...exports.named].flatMap(([name, values]) =>
    values.some((value) => value === node) ? [name] : [],
  );
}

function read(program: TSESTree.Program): Exports {
  const named = new Map<string, Export[]>();
  const all: string[] = [];
  const add = (name: string, value: Export) => {
    named.set(name, [...(named.get(name) ?? []), value]);
  };
  for (const statement of program.body) readStatement(statement, add, all);
  // CommonJS exports by assignment, anywhere.
  if (/\bexports\b/.test(moduleOf(program).text)) {
    walk(program, (node) => {
      if (node.type === 'AssignmentExpression') readAssignment(node, add);
      return undefined;
    });
  }
  return { named, all };
}

type Add = (name: string, value: Export) => void;

function readStatement(statement: TSESTree.ProgramStatement, add: Add, all: string[]): void {
  if (statement.type === 'ExportDefaultDeclaration') add('default', statement.declaration);
  if (statement.type === 'TSExportAssignment') add('default', statement.expression);
  if (statement.type === 'ExportAllDeclaration') {
    if (statement.exported) add(nameOf(statement.exported), { from: statement.source.value, name: '*' });
    else all.push(statement.source.value);
  }
  if (statement.type !== 'ExportNamedDeclaration') return;
  const { declaration, source } = statement;
  if (declaration?.type === 'VariableDeclaration') {
    for (const { id, init } of declaration.declarations) {
      if (id.type === 'Identifier') add(id.name, id);
      if (id.type !== 'ObjectPattern' || !init) continue;
      for (const property of id.properties) {
        if (property.type === 'Property' && property.value.type === 'Identifier')
          add(property.value.name, property.value);
      }
    }
  } else if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier') {
    add(declaration.id.name, declaration);
  }
  for (const { local, exported } of statement.specifiers) {
    if (source) add(nameOf(exported), { from: source.value, name: nameOf(local) });
    else add(nameOf(exported), local);
  }
}

/** `module.exports = app`, `module.exports = { app }`, `exports.app = …`. */
function readAssignment({ left, right }: TSESTree.AssignmentExpression, add: Add): void {
  const path = exportsPath(left);
  const [name, ...deeper] = path ?? [];
  if (!path || deeper.length > 0) return;
  if (name !== undefined) return add(name, right);
  add('default', right);
  const value = unwrap(right);
  for (const property of value.type === 'ObjectExpression' ? value.properties : []) {
    if (property.type === 'Property' && property.key.type === 'Identifier')
      add(property.key.name, property.value);
    // module.exports = { ...require('./a') }
    if (property.type === 'SpreadElement') add('default', property.argument);
  }
}

/** `[]` for `module.exports`, `['app']` for `exports.app` and `module.exports.app`; null for anything else. */
function exportsPath(node: Node): string[] | null {
  if (node.type === 'Identifier') return node.name === 'exports' ? [] : null;
  if (node.type !== 'MemberExpression') return null;
  const name = propertyName(node);
  if (node.object.type === 'Identifier' && node.object.name === 'module')
    return name === 'exports' ? [] : null;
  const owner = exportsPath(node.object);
  return owner && name !== null ? [...owner, name] : null;
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}
