import { findVariable as findByName } from '@typescript-eslint/utils/ast-utils';
import { callsIn } from '../ast/calls.js';
import type { Node, SourceCode } from '../ast/types.js';
import { findVariable } from '../ast/variable.js';
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
  for (const call of callsIn(sourceCode.ast)) {
    const made = traceServer(call);
    if (made?.creation !== call) continue;
    const { closeAttached, bindsNothing, refuses } = made.framework;
    if (!closeAttached || !bindsNothing?.(call)) continue;
    const name = refuses?.(call, call, filename) ? null : nameAt(sourceCode, call, statement);
    found.push(name === null ? null : closeAttached(name));
  }
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
