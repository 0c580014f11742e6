import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions, follow } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { returnedBy } from '../ast/returned.js';
import { findStaticNumber } from '../ast/static-number.js';
import { findStaticList, findStaticStrings } from '../ast/static-strings.js';
import type { Node } from '../ast/types.js';
import { unwrap } from '../ast/unwrap.js';
import { findVariable, valuesOf } from '../ast/variable.js';
import type { Creation } from '../frameworks/index.js';
import { traceServer } from '../model/trace-server.js';
import type { Ask } from './adapter.js';

/** Answers the questions of the adapters. */
export const ask: Ask = {
  origin: (node) => findImportOrigin(unwrap(node)),
  framework: (node) => traceServer(node)?.framework.id ?? null,
  option(call, index, name) {
    const argument = call.arguments[index];
    return argument ? ask.property(argument, name) : null;
  },
  property(node, name) {
    const object = constantOf(node);
    if (isNothing(object)) return null;
    return object.type === 'ObjectExpression' ? findProperty(object, name) : undefined;
  },
  elements(node) {
    const list = constantOf(node);
    if (list.type !== 'ArrayExpression') return null;
    const elements = list.elements.filter((element) => element !== null);
    return elements.some(({ type }) => type === 'SpreadElement') ? null : elements;
  },
  made(node) {
    const value = constantOf(node);
    return value.type === 'CallExpression' || value.type === 'NewExpression' ? value : null;
  },
  mentions: mentionsOf,
  functions: findFunctions,
  returns: returnedBy,
  number: findStaticNumber,
  constant(node) {
    const value = constantOf(node);
    if (isNothing(value)) return null;
    if (value.type !== 'Literal') return findStaticNumber(value) ?? undefined;
    return typeof value.value === 'object' || typeof value.value === 'bigint' ? undefined : value.value;
  },
  strings: (node) => findStaticStrings(node) ?? findStaticList(node),
};

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

/** The one value an expression can have, or the expression itself. */
function constantOf(expression: Node): Node {
  const [only, ...others] = follow(expression);
  return only && others.length === 0 ? unwrap(only) : unwrap(expression);
}

function mentionsOf(call: Creation): readonly Node[] | null {
  const { parent } = call.parent.type === 'AwaitExpression' ? call.parent : call;
  const name = parent.type === 'VariableDeclarator' ? parent.id : null;
  const variable = name?.type === 'Identifier' ? findVariable(name) : null;
  if (!variable || valuesOf(variable).length > 1) return null;
  if (parent.parent?.parent?.type === 'ExportNamedDeclaration') return null;
  return variable.references
    .filter((reference) => !reference.init)
    .map(({ identifier }) => identifier as Node);
}
