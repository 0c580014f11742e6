import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/function-target.js';
import { findImportOrigin, type ImportOrigin } from '../ast/import-origin.js';
import { valuesOfField } from '../ast/field.js';
import { argumentsFor } from '../ast/parameter.js';
import type { Node, SourceCode } from '../ast/types.js';
import { remembered } from '../ast/remembered.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable, valuesOf } from '../ast/variable.js';
import { contextOf } from '../modules/context.js';
import { findExportedCreation } from '../modules/exported-creation.js';
import { resolveRelative } from '../modules/resolve.js';
import { findFramework, type Creation, type FrameworkAdapter } from '../frameworks/index.js';

/** What an expression is, when it is a server, an application, or what `listen()` returned. */
export interface Traced {
  readonly framework: FrameworkAdapter;
  readonly creation: Creation;
  /** The call that listened, when this is what it returned. */
  readonly listened: Creation | null;
}

/** Methods that give back what they are called on, so that a chain stays the same server or application. */
const CHAINING = new Set(
  (
    'on once addListener prependListener setTimeout ref unref use set enable disable engine ' +
    'get post put patch delete all register decorate addHook route'
  ).split(' '),
);

/** Follows an expression back to the call that made the server: variables, chains, `this.server`, local factories. */
export const traceServer = remembered((sourceCode, node): Traced | null => {
  const next = (inner: Node): Traced | null => traceServer(sourceCode, inner);
  switch (node.type) {
    case 'Identifier': {
      const variable = findVariable(sourceCode, node);
      const values = variable ? [...valuesOf(variable), ...argumentsFor(sourceCode, variable)] : [];
      return first(values, next) ?? importedCreation(sourceCode, node, false);
    }
    case 'NewExpression':
      return creationOf(sourceCode, node);
    case 'CallExpression':
      return creationOf(sourceCode, node) ?? traceCall(sourceCode, node, next);
    case 'AssignmentExpression':
      return next(node.right);
    case 'LogicalExpression':
      return next(node.left) ?? next(node.right);
    case 'ConditionalExpression':
      return next(node.consequent) ?? next(node.alternate);
    case 'MemberExpression': {
      const name = propertyName(node);
      if (node.object.type === 'ThisExpression') return first(valuesOfField(sourceCode, node), next);
      const owner = next(node.object);
      if (owner) return owner.framework.rawServer === name ? owner : null;
      return importedCreation(sourceCode, node, false);
    }
    default:
      return null;
  }
});

function traceCall(
  sourceCode: SourceCode,
  call: TSESTree.CallExpression,
  next: (inner: Node) => Traced | null,
): Traced | null {
  if (call.callee.type !== 'MemberExpression' || call.callee.object.type === 'ThisExpression') {
    return (
      first(returnedBy(sourceCode, call.callee), next) ?? importedCreation(sourceCode, call.callee, true)
    );
  }
  const name = propertyName(call.callee);
  const receiver = name === null ? null : next(call.callee.object);
  if (!receiver || name === null) return importedCreation(sourceCode, call.callee, true);
  if (receiver.framework.rawServer === name || CHAINING.has(name)) return receiver;
  if (!listensBy(receiver.framework, name) || receiver.framework.listenIsAsync) return null;
  return { ...receiver, listened: call };
}

/** Whether a method of this name makes a server of this framework listen. */
export function listensBy({ listenMethods }: FrameworkAdapter, name: string): boolean {
  return listenMethods?.includes(name) ?? name === 'listen';
}

/** The server or application that this very call makes, if its callee is a framework's. */
function creationOf(sourceCode: SourceCode, node: Creation): Traced | null {
  const origin = findImportOrigin(sourceCode, node.callee);
  const framework = origin && findFramework(origin.module);
  if (!framework) return null;
  const isListener = framework.listeners?.some((path) => isPath(origin, path)) ?? false;
  if (!isListener && !framework.creators.some((path) => isPath(origin, path))) return null;
  return { framework, creation: node, listened: isListener ? node : null };
}

/** What another module of this package made and exports: `import { app } from './app.js'`, `buildApp()` of it. */
function importedCreation(sourceCode: SourceCode, node: Node, isCalled: boolean): Traced | null {
  const origin = findImportOrigin(sourceCode, node);
  const { filename, parser } = contextOf(sourceCode);
  if (!origin?.module.startsWith('.') || origin.path.length > 1 || !parser || !filename) return null;
  const file = resolveRelative(origin.module, filename);
  const made = file && findExportedCreation(file, origin.path[0] ?? 'default', isCalled, parser);
  const framework = made && findFramework(made.origin.module);
  return framework ? { framework, creation: made.creation, listened: null } : null;
}

function isPath(origin: ImportOrigin, path: readonly string[]): boolean {
  return origin.path.length === path.length && path.every((name, index) => origin.path[index] === name);
}

function returnedBy(sourceCode: SourceCode, callee: Node): Node[] {
  return (findFunctions(sourceCode, callee) ?? []).flatMap((fn) => {
    if (fn.body.type !== 'BlockStatement') return [fn.body];
    return fn.body.body.flatMap((statement) =>
      statement.type === 'ReturnStatement' && statement.argument ? [statement.argument] : [],
    );
  });
}

function first<T>(nodes: readonly Node[], find: (node: Node) => T | null): T | null {
  for (const node of nodes) {
    const found = find(node);
    if (found) return found;
  }
  return null;
}
