import type { TSESTree } from '@typescript-eslint/utils';
import { moduleOf } from '../ast/module.js';
import type { FunctionNode, Node } from '../ast/types.js';
import { walk } from '../ast/walk.js';

/** Whether a function returns early when it has run before: `if (stopping) return; stopping = true; …`. */
export function isGuarded(fn: FunctionNode): boolean {
  if (fn.body.type !== 'BlockStatement') return false;
  return fn.body.body.some((statement) => {
    if (statement.type !== 'IfStatement' || !leaves(statement.consequent)) return false;
    const flag = nameOf(statement.test);
    return flag !== null && isSet(fn, flag);
  });
}

function leaves(consequent: TSESTree.Statement): boolean {
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last?.type === 'ReturnStatement';
}

function isSet(fn: FunctionNode, flag: string): boolean {
  let found = false;
  walk(fn.body, (node) => {
    if (node.type === 'AssignmentExpression' && nameOf(node.left) === flag) found = true;
    return undefined;
  });
  return found;
}

/** A variable or a field, as it is written. */
function nameOf(node: Node): string | null {
  const isFlag = node.type === 'Identifier' || node.type === 'MemberExpression';
  return isFlag ? moduleOf(node).text.slice(...node.range) : null;
}
