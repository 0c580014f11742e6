import type { TSESTree } from '@typescript-eslint/utils';
import type { Node, SourceCode } from './types.js';
import { propertyName } from './unwrap.js';
import { enclosingClass } from './variable.js';
import { walk } from './walk.js';

type Class = NonNullable<ReturnType<typeof enclosingClass>>;

const fields = new WeakMap<Class, ReadonlyMap<string, readonly Node[]>>();

/** What a class gives the field that `this.name` reads: the initialiser, and every `this.name = …`. */
export function valuesOfField(sourceCode: SourceCode, member: TSESTree.MemberExpression): readonly Node[] {
  const name = propertyName(member);
  const owner = name === null ? null : enclosingClass(member);
  if (name === null || !owner) return [];
  const known = fields.get(owner) ?? fieldsOf(sourceCode, owner);
  fields.set(owner, known);
  return known.get(name) ?? [];
}

function fieldsOf(sourceCode: SourceCode, owner: Class): ReadonlyMap<string, readonly Node[]> {
  const values = new Map<string, Node[]>();
  const add = (name: string | null, value: Node | null) => {
    if (name !== null && value) values.set(name, [...(values.get(name) ?? []), value]);
  };
  walk(sourceCode, owner.body, (node) => {
    if (node.type === 'PropertyDefinition' && !node.computed) {
      const { key } = node;
      if (key.type === 'Identifier') add(key.name, node.value);
      if (key.type === 'PrivateIdentifier') add(`#${key.name}`, node.value);
    }
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      if (node.left.object.type === 'ThisExpression') add(propertyName(node.left), node.right);
    }
    return undefined;
  });
  return values;
}
