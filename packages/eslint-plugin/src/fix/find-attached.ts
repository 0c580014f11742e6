import { findVariable as findByName } from '@typescript-eslint/utils/ast-utils';
import type { Node, SourceCode } from '../ast/types.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { traceServer } from '../model/trace-server.js';
import type { AttachedClose } from '../scaffold/template.js';

/**
 * How the WebSocket servers of this file are closed that have no port of their own: they take their connections from
 * the one server that has. Null where one of them has no name at this statement.
 */
export function findAttached(
  sourceCode: SourceCode,
  statement: Node,
  filename: string,
): readonly AttachedClose[] | null {
  const found: (AttachedClose | null)[] = [];
  walk(sourceCode.ast, (node) => {
    const isCall = node.type === 'NewExpression' || node.type === 'CallExpression';
    const made = isCall ? traceServer(node) : null;
    if (!isCall || made?.creation !== node) return undefined;
    const { closeAttached, bindsNothing, refuses } = made.framework;
    if (!closeAttached || !bindsNothing?.(node)) return undefined;
    const name = refuses?.(node, node, filename) ? null : nameAt(sourceCode, node, statement);
    found.push(name === null ? null : closeAttached(name));
    return undefined;
  });
  return found.every((close) => close !== null) ? found : null;
}

/** The constant that holds what a call made, where it can be seen from a statement. */
function nameAt(sourceCode: SourceCode, creation: Creation, statement: Node): string | null {
  const { parent } = creation;
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return null;
  if (parent.parent.type !== 'VariableDeclaration' || parent.parent.kind !== 'const') return null;
  const scope = sourceCode.getScope?.(statement);
  const seen = scope && findByName(scope, parent.id.name);
  return seen && seen === findVariable(parent.id) ? parent.id.name : null;
}
