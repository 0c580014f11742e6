import { isFunction, type Node, type SourceCode, type Variable } from './types.js';
import { findVariable } from './variable.js';

const given = new WeakMap<Variable, readonly Node[]>();

/** What a local function's parameter is given by the calls of it in this file: `start(app)` gives `app`. */
export function argumentsFor(sourceCode: SourceCode, parameter: Variable): readonly Node[] {
  const known = given.get(parameter) ?? findArguments(sourceCode, parameter);
  given.set(parameter, known);
  return known;
}

function findArguments(sourceCode: SourceCode, parameter: Variable): Node[] {
  const definition = parameter.defs[0];
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return [];
  const index = definition.node.params.indexOf(definition.name as never);
  const fn = definition.node;
  const name =
    fn.type === 'FunctionDeclaration' ? fn.id : fn.parent.type === 'VariableDeclarator' ? fn.parent.id : null;
  const variable = index >= 0 && name?.type === 'Identifier' ? findVariable(sourceCode, name) : null;
  return (variable?.references ?? []).flatMap(({ identifier }) => {
    const call = identifier.parent;
    const isCall = call.type === 'CallExpression' && call.callee === identifier;
    const argument = isCall ? call.arguments[index] : undefined;
    return argument && argument.type !== 'SpreadElement' ? [argument] : [];
  });
}
