import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/function-target.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { isFunction, type FunctionNode, type Node, type SourceCode } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { Reach, Unknown } from './model.js';
import { isLifecycleName, unknown } from './unknown.js';
import { traceServer } from './trace-server.js';
import { isBuiltin } from 'node:module';

/**
 * What runs when these functions are called: their bodies, the callbacks inside them, the local functions and
 * methods they call or hand on, and so forth. What leaves the file is listed as unknown where it could matter.
 */
export function reachOf(sourceCode: SourceCode, roots: readonly FunctionNode[]): Reach {
  const functions = new Set<FunctionNode>();
  const calls: Reach['calls'][number][] = [];
  const members: TSESTree.MemberExpression[] = [];
  const unknowns: Unknown[] = [];
  const queue: FunctionNode[] = [...roots];

  for (let fn = queue.pop(); fn; fn = queue.pop()) {
    if (functions.has(fn)) continue;
    functions.add(fn);
    walk(sourceCode, fn.body, (node) => {
      if (isFunction(node)) functions.add(node);
      if (node.type === 'MemberExpression') members.push(node);
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
      calls.push(node);
      const called = node.type === 'CallExpression' ? findFunctions(sourceCode, node.callee) : null;
      if (called) queue.push(...called);
      else unknowns.push(...unknownCall(sourceCode, node));
      for (const argument of node.arguments) {
        if (!isFunction(argument)) queue.push(...(findFunctions(sourceCode, argument) ?? []));
      }
      return undefined;
    });
  }
  return { functions, calls, members, unknown: unknowns };
}

/** A call that leaves the file and could be the shutdown itself; loggers and the like could not. */
function unknownCall(sourceCode: SourceCode, call: Reach['calls'][number]): Unknown[] {
  const { callee } = call;
  if (call.type === 'NewExpression') return [];
  if (callee.type === 'MemberExpression') {
    const name = propertyName(callee);
    if (name === null) return [unknown('a computed method is called', call)];
    return isLifecycleName(name) &&
      !traceServer(sourceCode, callee.object) &&
      !isGlobalObject(sourceCode, callee.object)
      ? [unknown(`${name}() of another object is called`, call)]
      : [];
  }
  if (callee.type !== 'Identifier') return [];
  const origin = findImportOrigin(sourceCode, callee);
  if (origin && isBuiltin(origin.module)) return [];
  if (!origin && !findVariable(sourceCode, callee)) return []; // a global: setTimeout, fetch, …
  return /log|debug|info|warn|error|print|trace/i.test(callee.name)
    ? []
    : [unknown(`${callee.name}() is defined elsewhere`, call)];
}

function isGlobalObject(sourceCode: SourceCode, node: Node): boolean {
  return (
    node.type === 'Identifier' &&
    ['process', 'console', 'Promise'].includes(node.name) &&
    !findVariable(sourceCode, node)
  );
}
