import type { TSESTree } from '@typescript-eslint/utils';
import { findVariable as findByName } from '@typescript-eslint/utils/ast-utils';
import { moduleOf } from './module.js';
import type { ClassNode, Node, Variable } from './types.js';

/** The variable an identifier refers to, or null for a global nobody declared here. */
export function findVariable(identifier: TSESTree.Identifier): Variable | null {
  // By name: given a node, it would look for the innermost scope again, among all scopes of the file.
  const scope = moduleOf(identifier).getScope(identifier);
  const variable = scope && findByName(scope, identifier.name);
  return variable && variable.defs.length > 0 ? variable : null;
}

const values = new WeakMap<Variable, readonly Node[]>();

/** Everything a variable is ever given in its file: its initialiser and what is assigned to it later. */
export function valuesOf(variable: Variable): readonly Node[] {
  let known = values.get(variable);
  if (!known) {
    const initial = variable.defs.flatMap((def) =>
      def.node.type === 'VariableDeclarator' && def.node.id.type === 'Identifier' && def.node.init
        ? [def.node.init]
        : [],
    );
    const assigned = variable.references.flatMap((reference) =>
      reference.isWrite() && !reference.init && reference.writeExpr ? [reference.writeExpr] : [],
    );
    known = [...initial, ...assigned];
    values.set(variable, known);
  }
  return known;
}

/** The class around a node whose `this` the node sees, or null. */
export function enclosingClass(node: Node): ClassNode | null {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at.type === 'ClassDeclaration' || at.type === 'ClassExpression') return at;
    if (at.type === 'FunctionDeclaration') return null;
    if (at.type === 'FunctionExpression' && at.parent.type !== 'MethodDefinition') return null;
  }
  return null;
}
