import type { TSESTree } from '@typescript-eslint/utils';
import { follow } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { findStaticNumber } from '../ast/static-number.js';
import { findStaticList, findStaticStrings } from '../ast/static-strings.js';
import type { Node } from '../ast/types.js';
import { unwrap } from '../ast/unwrap.js';
import { traceServer } from '../model/trace-server.js';
import type { Ask } from './adapter.js';

/** Answers the questions of the adapters. */
export const ask: Ask = {
  origin: (node) => findImportOrigin(unwrap(node)),
  framework: (node) => traceServer(node)?.framework.id ?? null,
  option(call, index, name) {
    const argument = call.arguments[index];
    if (!argument) return null;
    const [object] = follow(argument);
    return object?.type === 'ObjectExpression' ? findProperty(object, name) : undefined;
  },
  number: findStaticNumber,
  constant(node) {
    const [value = node, ...others] = follow(node);
    if (others.length > 0) return undefined;
    if (value.type === 'Identifier' && value.name === 'undefined') return null;
    if (value.type !== 'Literal') return findStaticNumber(value) ?? undefined;
    return typeof value.value === 'object' || typeof value.value === 'bigint' ? null : value.value;
  },
  strings: (node) => findStaticStrings(node) ?? findStaticList(node),
};

function findProperty(object: TSESTree.ObjectExpression, name: string): Node | null | undefined {
  let isSpread = false;
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') isSpread = true;
    else if (!property.computed && keyOf(property) === name) return property.value;
  }
  return isSpread ? undefined : null;
}

function keyOf({ key }: TSESTree.Property): string | null {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : null;
}
