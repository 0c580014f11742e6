import type { TSESTree } from '@typescript-eslint/utils';
import { valuesOfField } from '../ast/field.js';
import { findFunctions } from '../ast/function-target.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { findStaticNumber } from '../ast/static-number.js';
import { findStaticList, findStaticStrings } from '../ast/static-strings.js';
import { isFunction, type FunctionNode, type Node, type SourceCode } from '../ast/types.js';
import { unwrap } from '../ast/unwrap.js';
import { findVariable, valuesOf } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { traceServer } from '../model/trace-server.js';
import type { Ask } from './adapter.js';

/** Answers the questions of the adapters from one file's code. */
export function askIn(sourceCode: SourceCode): Ask {
  const property: Ask['property'] = (node, name) => {
    const object = constantOf(sourceCode, node);
    if (isNothing(object)) return null;
    return object.type === 'ObjectExpression' ? findProperty(object, name) : undefined;
  };
  return {
    origin: (node) => findImportOrigin(sourceCode, unwrap(node)),
    framework: (node) => traceServer(sourceCode, node)?.framework.id ?? null,
    option(call, index, name) {
      const argument = call.arguments[index];
      return argument ? property(argument, name) : null;
    },
    property,
    elements(node) {
      const list = constantOf(sourceCode, node);
      if (list.type !== 'ArrayExpression') return null;
      const elements = list.elements.filter((element) => element !== null);
      return elements.some(({ type }) => type === 'SpreadElement') ? null : elements;
    },
    made(node) {
      const value = constantOf(sourceCode, node);
      return value.type === 'CallExpression' || value.type === 'NewExpression' ? value : null;
    },
    mentions: (call) => mentionsOf(sourceCode, call),
    functions: (node) => findFunctions(sourceCode, unwrap(node)),
    returns: (fn) => returnsOf(sourceCode, fn),
    number: (node) => findStaticNumber(sourceCode, node),
    constant(node) {
      const value = constantOf(sourceCode, node);
      if (isNothing(value)) return null;
      if (value.type !== 'Literal') return findStaticNumber(sourceCode, value) ?? undefined;
      return typeof value.value === 'object' || typeof value.value === 'bigint' ? undefined : value.value;
    },
    strings: (node) => findStaticStrings(sourceCode, node) ?? findStaticList(sourceCode, node),
  };
}

/** The last one wins, as it does when the program runs; what is spread after it may hold another. */
function findProperty(object: TSESTree.ObjectExpression, name: string): Node | null | undefined {
  for (const property of object.properties.toReversed()) {
    if (property.type === 'SpreadElement') return undefined;
    if (property.computed && property.key.type !== 'Literal') return undefined;
    if (keyOf(property) === name) return property.value;
  }
  return null;
}

function keyOf({ key }: TSESTree.Property): string | null {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : null;
}

function isNothing(node: Node): boolean {
  if (node.type === 'Literal') return node.raw === 'null';
  return node.type === 'Identifier' && node.name === 'undefined';
}

/** The one value a constant or a field has, or the expression itself. */
function constantOf(sourceCode: SourceCode, expression: Node): Node {
  const node = unwrap(expression);
  const [only, ...others] = valuesAt(sourceCode, node);
  return only && others.length === 0 ? unwrap(only) : node;
}

function valuesAt(sourceCode: SourceCode, node: Node): readonly Node[] {
  if (node.type === 'MemberExpression') {
    return node.object.type === 'ThisExpression' ? valuesOfField(sourceCode, node) : [];
  }
  const variable = node.type === 'Identifier' ? findVariable(sourceCode, node) : null;
  return variable?.defs[0]?.type === 'Variable' ? valuesOf(variable) : [];
}

function mentionsOf(sourceCode: SourceCode, call: Creation): readonly Node[] | null {
  const { parent } = call.parent.type === 'AwaitExpression' ? call.parent : call;
  const name = parent.type === 'VariableDeclarator' ? parent.id : null;
  const variable = name?.type === 'Identifier' ? findVariable(sourceCode, name) : null;
  if (!variable || valuesOf(variable).length > 1) return null;
  if (parent.parent?.parent?.type === 'ExportNamedDeclaration') return null;
  return variable.references
    .filter((reference) => !reference.init)
    .map(({ identifier }) => identifier as Node);
}

function returnsOf(sourceCode: SourceCode, fn: FunctionNode): readonly Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  const returned: Node[] = [];
  walk(sourceCode, fn.body, (node) => {
    if (node.type === 'ReturnStatement' && node.argument) returned.push(node.argument);
    return isFunction(node) ? false : undefined;
  });
  return returned;
}
