import type { TSESTree } from '@typescript-eslint/utils';
import { findImportOrigin } from '../ast/import-origin.js';
import { findStaticNumber } from '../ast/static-number.js';
import { findStaticList, findStaticStrings } from '../ast/static-strings.js';
import type { Node, SourceCode } from '../ast/types.js';
import { unwrap } from '../ast/unwrap.js';
import { findVariable, valuesOf } from '../ast/variable.js';
import { traceServer } from '../model/trace-server.js';
import type { Ask } from './adapter.js';

/** Answers the questions of the adapters from one file's code. */
export function askIn(sourceCode: SourceCode): Ask {
  return {
    origin: (node) => findImportOrigin(sourceCode, unwrap(node)),
    framework: (node) => traceServer(sourceCode, node)?.framework.id ?? null,
    option(call, index, name) {
      const argument = call.arguments[index];
      if (!argument) return null;
      const object = constantOf(sourceCode, argument);
      return object.type === 'ObjectExpression' ? findProperty(object, name) : undefined;
    },
    number: (node) => findStaticNumber(sourceCode, node),
    constant(node) {
      const value = constantOf(sourceCode, node);
      if (value.type === 'Identifier' && value.name === 'undefined') return null;
      if (value.type !== 'Literal') return findStaticNumber(sourceCode, value) ?? undefined;
      return typeof value.value === 'object' || typeof value.value === 'bigint' ? null : value.value;
    },
    strings: (node) => findStaticStrings(sourceCode, node) ?? findStaticList(sourceCode, node),
  };
}

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

/** The one value a constant has, or the expression itself. */
function constantOf(sourceCode: SourceCode, expression: Node): Node {
  const node = unwrap(expression);
  if (node.type !== 'Identifier') return node;
  const variable = findVariable(sourceCode, node);
  const [only, ...others] = variable?.defs[0]?.type === 'Variable' ? valuesOf(variable) : [];
  return only && others.length === 0 ? unwrap(only) : node;
}
