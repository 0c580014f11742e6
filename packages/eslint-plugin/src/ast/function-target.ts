import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, type FunctionNode, type Node, type SourceCode } from './types.js';
import { remembered } from './remembered.js';
import { propertyName } from './unwrap.js';
import { enclosingClass, findVariable, valuesOf } from './variable.js';

/**
 * The functions an expression can be when it is called, as far as this file tells: inline, by name, a method of
 * the class around it (`this.stop`), bound (`stop.bind(this)`), or made by a local factory (`onSignal('SIGTERM')`).
 * Null when it is none of ours: imported, a parameter, computed.
 */
export const findFunctions = remembered((sourceCode, node): FunctionNode[] | null => {
  if (isFunction(node)) return [node];
  if (node.type === 'Identifier') return functionsOfName(sourceCode, node);
  if (node.type === 'MemberExpression') return methodOf(node);
  if (node.type === 'CallExpression') {
    if (node.callee.type === 'MemberExpression' && propertyName(node.callee) === 'bind') {
      return findFunctions(sourceCode, node.callee.object);
    }
    return functionsOfFactory(sourceCode, node.callee);
  }
  return null;
});

function functionsOfName(sourceCode: SourceCode, node: TSESTree.Identifier): FunctionNode[] | null {
  const variable = findVariable(sourceCode, node);
  if (!variable) return null;
  const declared = variable.defs.flatMap((definition) =>
    definition.node.type === 'FunctionDeclaration' ? [definition.node] : [],
  );
  if (declared.length > 0) return declared;
  if (variable.defs[0]?.type !== 'Variable') return null;
  return all(valuesOf(variable).map((value) => findFunctions(sourceCode, value)));
}

function methodOf(node: TSESTree.MemberExpression): FunctionNode[] | null {
  const name = propertyName(node);
  const owner = node.object.type === 'ThisExpression' ? enclosingClass(node) : null;
  const member = owner?.body.body.find(
    (candidate) =>
      (candidate.type === 'MethodDefinition' || candidate.type === 'PropertyDefinition') &&
      !candidate.computed &&
      (candidate.key.type === 'Identifier'
        ? candidate.key.name === name
        : candidate.key.type === 'PrivateIdentifier' && `#${candidate.key.name}` === name),
  );
  const value = member && 'value' in member ? member.value : null;
  return isFunction(value) ? [value] : null;
}

/** `const onSignal = (name) => async () => { … }`: what the factory returns. */
function functionsOfFactory(sourceCode: SourceCode, callee: Node): FunctionNode[] | null {
  const factories = findFunctions(sourceCode, callee);
  if (!factories) return null;
  return all(
    factories.map((factory) => {
      if (factory.body.type !== 'BlockStatement') return findFunctions(sourceCode, factory.body);
      const returned = factory.body.body.findLast((statement) => statement.type === 'ReturnStatement');
      return returned?.argument ? findFunctions(sourceCode, returned.argument) : null;
    }),
  );
}

function all(parts: (FunctionNode[] | null)[]): FunctionNode[] | null {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length && known.length > 0 ? known.flat() : null;
}
