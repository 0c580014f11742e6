import type { TSESTree } from '@typescript-eslint/utils';
import { moduleOf } from './module.js';
import type { Node, Variable } from './types.js';
import { propertyName } from './unwrap.js';
import { findVariable } from './variable.js';
import { walk } from './walk.js';

/** `state.server = app.listen()`, where `state` is a variable of this file, or its `exports`, or the global object. */
export function assignedMembers(node: TSESTree.MemberExpression, name: string): readonly Node[] {
  const { object } = node;
  const variable = object.type === 'Identifier' ? findVariable(object) : null;
  if (!variable) return assignedGlobally(object, name);
  return assignedTo(variable).get(name) ?? [];
}

const assignedByName = new WeakMap<Variable, ReadonlyMap<string, readonly Node[]>>();

/** What the properties of a variable are assigned, by their names. Read once: a variable may have thousands of uses. */
function assignedTo(variable: Variable): ReadonlyMap<string, readonly Node[]> {
  let known = assignedByName.get(variable);
  if (!known) {
    const found = new Map<string, Node[]>();
    for (const { identifier } of variable.references) {
      const member = identifier.parent;
      if (member.type !== 'MemberExpression' || member.object !== identifier) continue;
      const assignment = member.parent;
      const name = propertyName(member);
      if (assignment.type !== 'AssignmentExpression' || assignment.left !== member || name === null) continue;
      found.set(name, [...(found.get(name) ?? []), assignment.right]);
    }
    assignedByName.set(variable, (known = found));
  }
  return known;
}

const GLOBAL_OBJECTS = new Set(['exports', 'globalThis', 'global']);

/** `exports.server = app.listen()`, `globalThis.server = app.listen()` in the file of the object. */
function assignedGlobally(object: Node, name: string): readonly Node[] {
  if (object.type !== 'Identifier' || !GLOBAL_OBJECTS.has(object.name)) return [];
  return assignmentsTo(moduleOf(object).ast)
    .filter(
      ({ left }) =>
        left.type === 'MemberExpression' &&
        left.object.type === 'Identifier' &&
        left.object.name === object.name &&
        propertyName(left) === name &&
        !findVariable(left.object),
    )
    .map(({ right }) => right);
}

const assignments = new WeakMap<TSESTree.Program, readonly TSESTree.AssignmentExpression[]>();

function assignmentsTo(program: TSESTree.Program): readonly TSESTree.AssignmentExpression[] {
  let known = assignments.get(program);
  if (!known) {
    const found: TSESTree.AssignmentExpression[] = [];
    walk(program, (node) => {
      if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') found.push(node);
      return undefined;
    });
    assignments.set(program, (known = found));
  }
  return known;
}
