import { importersOf } from '../modules/graph.js';
import { namesOfExport } from '../modules/exports.js';
import { callsIn, callsNamed, type Call } from './calls.js';
import { elementsOf } from './elements.js';
import { follow } from './follow.js';
import { moduleOf, type Module } from './module.js';
import { isFunction, type FunctionNode, type Node } from './types.js';
import { propertyName } from './unwrap.js';
import { findVariable } from './variable.js';

/** What a function is given for the parameter of this index, by all calls of it that can be found in the process. */
export function argumentsFor(fn: FunctionNode, index: number): readonly Node[] {
  return [...argumentsOfCallback(fn, index), ...callsOf(fn).flatMap((call) => argumentOf(call, index))];
}

function argumentOf(call: Call, index: number): readonly Node[] {
  const argument = call.arguments[index];
  return argument && argument.type !== 'SpreadElement' ? [argument] : [];
}

/** Methods of lists whose callback gets each element. */
const EACH = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'flatMap']);

/** What a function gets that is handed to a call: `servers.forEach((server) => …)`, `start((server) => …)`. */
function argumentsOfCallback(fn: FunctionNode, index: number): readonly Node[] {
  const call = fn.parent;
  if (call?.type !== 'CallExpression') return [];
  // (function (app) { … })(express())
  if (call.callee === fn) return argumentOf(call, index);
  const position = call.arguments.indexOf(fn as never);
  const { callee } = call;
  if (callee.type === 'MemberExpression' && index === 0 && position === 0) {
    const name = propertyName(callee) ?? '';
    if (EACH.has(name)) return elementsOf(callee.object);
    if (name === 'then') return [callee.object];
  }
  return follow(callee)
    .filter(isFunction)
    .flatMap((outer) => {
      const parameter = outer.params[position];
      if (parameter?.type !== 'Identifier') return [];
      return (findVariable(parameter)?.references ?? []).flatMap(({ identifier }) => {
        const inner = identifier.parent;
        return inner.type === 'CallExpression' && inner.callee === identifier ? argumentOf(inner, index) : [];
      });
    });
}

/** Every call of a function by name, in its own module and in those that import it. */
export function callsOf(fn: FunctionNode): readonly Call[] {
  const names = new Set(namesOf(fn));
  if (names.size === 0) return [];
  const module = moduleOf(fn);
  const target =
    fn.parent?.type === 'MethodDefinition' && fn.parent.kind === 'constructor' ? fn.parent.parent.parent : fn;
  const isCalled = ({ callee }: Call) => follow(callee).includes(target);
  const callsByName = ({ ast }: Module) => callsNamed(ast, names).filter(isCalled);
  const own = callsByName(module);
  const importers = importersThrough(module.file);
  if (importers.length === 0) return own;
  const isDefault = namesOfExport(target).includes('default') || isDefaultByName(target);
  const others = importers.flatMap((importer) =>
    isDefault
      ? callsIn(importer.ast).filter((call) => call.callee.type === 'Identifier' && isCalled(call))
      : callsByName(importer),
  );
  return [...own, ...others];
}

const RE_EXPORTS = /\bexport\s*(?:\*|\{[^}]*\})[^;\n]*\bfrom\b|\bexports\b[^\n]*\brequire\s*\(/;

/** The modules that import a file, also by one that only passes on what it exports. */
function importersThrough(file: string, seen = new Set<string>()): readonly Module[] {
  return importersOf(file).flatMap((importer) => {
    if (seen.has(importer.file)) return [];
    seen.add(importer.file);
    return RE_EXPORTS.test(importer.text) ? [importer, ...importersThrough(importer.file, seen)] : [importer];
  });
}

/** `function start() {}; module.exports = start` */
function isDefaultByName(target: Node): boolean {
  const id = 'id' in target && target.id && typeof target.id === 'object' ? (target.id as Node) : null;
  return (
    id?.type === 'Identifier' &&
    new RegExp(`\\b(?:export default|module\\.exports\\s*=)\\s+${id.name}\\b`).test(moduleOf(target).text)
  );
}

/** The names by which a function can be called: its own, its variable's, its method's; a constructor's are its class's. */
function namesOf(fn: FunctionNode): readonly string[] {
  const { parent } = fn;
  const own = fn.type !== 'ArrowFunctionExpression' && fn.id ? [fn.id.name] : [];
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier')
    return [...own, parent.id.name];
  if (parent?.type === 'MethodDefinition' && parent.kind === 'constructor') {
    const { parent: owner } = parent.parent;
    const id =
      owner.id ??
      (owner.parent.type === 'VariableDeclarator' && owner.parent.id.type === 'Identifier'
        ? owner.parent.id
        : null);
    return id ? [id.name] : ['default'];
  }
  if (
    parent?.type === 'MethodDefinition' ||
    parent?.type === 'Property' ||
    parent?.type === 'PropertyDefinition'
  ) {
    if (parent.key.type === 'PrivateIdentifier') return [`#${parent.key.name}`];
    return parent.key.type === 'Identifier' ? [...own, parent.key.name] : own;
  }
  if (parent?.type === 'AssignmentExpression') {
    const name = parent.left.type === 'Identifier' ? parent.left.name : propertyName(parent.left);
    return name === null ? own : [...own, name];
  }
  return parent?.type === 'ExportDefaultDeclaration' && own.length === 0 ? ['default'] : own;
}
