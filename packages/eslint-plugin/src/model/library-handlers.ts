import type { TSESTree } from '@typescript-eslint/utils';
import { dirname } from 'node:path';
import { findFunctions, follow } from '../ast/follow.js';
import type { Node, Variable } from '../ast/types.js';
import { moduleOf, type Module } from '../ast/module.js';
import { oncePerAnalysis } from '../ast/remembered.js';
import { walk } from '../ast/walk.js';
import { importersOf, processOf } from '../modules/graph.js';
import { findPackage } from '../modules/package.js';
import { linted } from '../modules/parse.js';
import { summarize } from '../modules/summary.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { Creation } from '../frameworks/index.js';
import { ask } from '../libraries/ask.js';
import { findLibraryUse, isLifecycleLibrary, mentionsLibrary } from '../libraries/index.js';
import { isServer } from './is-server.js';
import type { ServerSite, SignalHandler } from './model.js';

/** The handler that a library's call installs; null where it installs none, or is not armed. */
export function toHandler(call: Creation, { library: adapter, use }: FoundUse): SignalHandler | null {
  if (use.signals?.length === 0 || isUnarmed(call, use.armedBy)) return null;
  const functions = (use.runs ?? []).map((run) => findFunctions(run));
  return {
    registration: call,
    signals: use.signals,
    listener: null,
    functions: functions.every((each) => each !== null) ? functions.flat() : null,
    continuation: [],
    isOnce: use.isOnce ?? false,
    library: { adapter, use },
  };
}

/** What a call of a library does, and the library. */
export type FoundUse = NonNullable<ReturnType<typeof findUse>>;

/** What a call does for the shutdown, when it is one of a library's. */
export function findUse(call: Creation) {
  return isLibraryInProcess() ? findLibraryUse(call, ask) : null;
}

function isLibraryInProcess(): boolean {
  return linted === null || mayUseLibraries(linted.file);
}

/** Whether a call of a module may be one of a library's: a search that saves asking each of its calls. */
export function mayUseLibrary({ text, file }: Module): boolean {
  if (mentionsLibrary(text)) return true;
  // In a library's own repository its examples load it by a path.
  const own = file ? findPackage(dirname(file)).name : null;
  return own !== null && isLifecycleLibrary(own);
}

/** The same of the linted module and the others of its process, in one of which a call may have been made. */
const mayUseLibraries = oncePerAnalysis(
  (file) =>
    (linted !== null && mayUseLibrary(linted)) ||
    (file !== '' && processOf(file).files.some((other) => summarize(other)?.mentionsLibrary)),
);

/**
 * Whether a library is wired and surely never armed: `new Graceful({ … })` without its `.listen()`. What is exported or
 * handed on may be armed by somebody else.
 */
export function isUnarmed(call: Creation, methods: readonly string[] | undefined): boolean {
  if (!methods || methods.includes(methodOn(call) ?? '')) return false;
  const { parent } = call.parent.type === 'AwaitExpression' ? call.parent : call;
  if (parent.type === 'ExpressionStatement') return true;
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  if (parent.parent.parent?.type === 'ExportNamedDeclaration' && mayBeImported(moduleOf(call).file))
    return false;
  return (findVariable(parent.id)?.references ?? []).every((reference) => {
    const method = methodOn(reference.identifier);
    // graceful.stopRedisClients() is a use of its own.
    const call = reference.identifier.parent.parent;
    const isCalled = call?.type === 'CallExpression' && call.callee === reference.identifier.parent;
    return reference.init === true || (method !== null && !methods.includes(method) && !isCalled);
  });
}

function mayBeImported(file: string): boolean {
  return file === '' || importersOf(file).length > 0;
}

function methodOn(node: Node): string | null {
  return node.parent?.type === 'MemberExpression' && node.parent.object === node
    ? propertyName(node.parent)
    : null;
}

/** Whether a call is a library's way to close this server: `terminator.terminate()`, `server.stop()` of stoppable. */
export function libraryCloses(call: Creation, site: ServerSite): boolean {
  if (!isLibraryInProcess()) return false;
  const callee = unwrap(call.callee);
  // gracefulExitHandler(app, server) closes there and then.
  const own = findUse(call)?.use;
  const isAtOnce = own?.signals?.length === 0 && own.closeMethods === undefined;
  if (isAtOnce && own.closes?.some((server) => isServer(site, server))) return true;
  if (callee.type !== 'MemberExpression') return false;
  const name = propertyName(callee) ?? '';
  return usesOn(callee).some(
    ({ use }) => use.closeMethods?.includes(name) && use.closes?.some((server) => isServer(site, server)),
  );
}

/** The library uses that made, or extended, what a method is called on. */
export function usesOn({ object }: TSESTree.MemberExpression) {
  const values = follow(object).flatMap((value) => [value, ...extensionsOf(value)]);
  return values.flatMap((value) => {
    const use = value.type === 'CallExpression' || value.type === 'NewExpression' ? findUse(value) : null;
    return use ? [use] : [];
  });
}

/** `stoppable(server)` in a statement of its own, seen from the server's variable. */
function extensionsOf(value: Node): readonly Node[] {
  const declarator = value.parent;
  // this.server = createServer(); enableDestroy(this.server);
  if (declarator?.type === 'AssignmentExpression' && declarator.left.type === 'MemberExpression')
    return callsGiven(moduleOf(value).ast, propertyName(declarator.left));
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return [];
  const variable = findVariable(declarator.id);
  return variable ? callsGivenVariable(variable) : [];
}

const givenVariable = new WeakMap<Variable, readonly Node[]>();

/** The calls whose first argument is this variable. */
function callsGivenVariable(variable: Variable): readonly Node[] {
  let known = givenVariable.get(variable);
  if (!known) {
    known = variable.references.flatMap(({ identifier }) => {
      const call = identifier.parent;
      return call.type === 'CallExpression' && call.arguments[0] === identifier ? [call] : [];
    });
    givenVariable.set(variable, known);
  }
  return known;
}

const given = new WeakMap<Node, ReadonlyMap<string, readonly Node[]>>();

/** The calls of a module whose first argument is a property of this name. */
function callsGiven(program: Node, name: string | null): readonly Node[] {
  let known = given.get(program);
  if (!known) {
    const calls = new Map<string, Node[]>();
    walk(program, (node) => {
      const [first] = node.type === 'CallExpression' ? node.arguments : [];
      const property = first ? propertyName(first) : null;
      if (property !== null) calls.set(property, [...(calls.get(property) ?? []), node]);
      return undefined;
    });
    given.set(program, (known = calls));
  }
  return (name === null ? undefined : known.get(name)) ?? [];
}
