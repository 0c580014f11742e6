import { ASTUtils, type TSESTree } from '@typescript-eslint/utils';
import type { Node, SourceCode, Variable } from './types.js';

/** The variable an identifier refers to, or null for a global nobody declared here. */
export function findVariable(sourceCode: SourceCode, identifier: TSESTree.Identifier): Variable | null {
  const variable = ASTUtils.findVariable(sourceCode.getScope!(identifier), identifier);
  return variable && variable.defs.length > 0 ? variable : null;
}

/** Everything a variable is ever given in this file: its initialiser and what is assigned to it later. */
export function valuesOf(variable: Variable): Node[] {
  const initial = variable.defs.flatMap((def) =>
    def.node.type === 'VariableDeclarator' && def.node.id.type === 'Identifier' && def.node.init
      ? [def.node.init]
      : [],
  );
  const assigned = variable.references.flatMap((reference) =>
    reference.isWrite() && !reference.init && reference.writeExpr ? [reference.writeExpr] : [],
  );
  return [...initial, ...assigned];
}

/** The class around a node whose `this` the node sees, or null. */
export function enclosingClass(node: Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | null {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at.type === 'ClassDeclaration' || at.type === 'ClassExpression') return at;
    if (at.type === 'FunctionDeclaration') return null;
    if (at.type === 'FunctionExpression' && at.parent.type !== 'MethodDefinition') return null;
  }
  return null;
}
