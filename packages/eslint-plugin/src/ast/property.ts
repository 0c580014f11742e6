import type { TSESTree } from '@typescript-eslint/utils';
import { findExport } from '../modules/exports.js';
import { follow } from './follow.js';
import { moduleOf } from './module.js';
import { rememberedMap } from './remembered.js';
import { returnedBy } from './returned.js';
import { isClass, isFunction, type ClassNode, type FunctionNode, type Node } from './types.js';
import { propertyName } from './unwrap.js';
import { enclosingClass, findVariable } from './variable.js';
import { walk } from './walk.js';

/**
 * What a property of a value is given, as expressions that still have to be followed: of an object as written, of an
 * instance of a class, of a module, of `this`.
 */
export function valuesOfProperty(value: Node, name: string): readonly Node[] {
  let names = valuesByName().get(value);
  if (!names) valuesByName().set(value, (names = new Map()));
  // `options = { ...options, port }`, a class that extends itself: what leads back to itself gives nothing.
  const before = names.get(name);
  if (before) return before;
  names.set(name, []);
  const found = [...new Set(findProperty(value, name))];
  names.set(name, found);
  return found;
}

/** Each is looked for once: functions that call each other and pass on `{ ...result }` would multiply the ways. */
const valuesByName = rememberedMap<Map<string, readonly Node[]>>();

function findProperty(value: Node, name: string): readonly Node[] {
  switch (value.type) {
    case 'ObjectExpression':
      return valuesInObject(value, name);
    case 'Program':
      return findExport(moduleOf(value), name);
    case 'ArrayExpression': {
      const element = /^\d+$/.test(name) ? value.elements[Number(name)] : null;
      return element && element.type !== 'SpreadElement' ? [element] : [];
    }
    case 'NewExpression':
      return follow(value.callee).flatMap((callee) => valuesInInstance(callee, name));
    case 'ThisExpression':
      return valuesOfThis(value, name);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return valuesInClass(value, name);
    default:
      return instanceOfType(value).flatMap((owner) => valuesInInstance(owner, name));
  }
}

/** What any property of an object as written, or any static one of a class, is given. */
export function allValuesOf(value: Node): readonly Node[] {
  if (value.type === 'ObjectExpression') {
    return value.properties.flatMap((property) => (property.type === 'Property' ? [property.value] : []));
  }
  if (!isClass(value)) return [];
  return value.body.body.flatMap((member) => {
    if (!('static' in member) || !member.static || !('value' in member) || !member.value) return [];
    return member.type === 'MethodDefinition' && member.kind === 'get' && isFunction(member.value)
      ? returnedBy(member.value)
      : [member.value];
  });
}

function valuesOfThis(at: Node, name: string): readonly Node[] {
  const owner = enclosingClass(at);
  if (owner) return valuesInClass(owner, name);
  // A method of an object, or a constructor function.
  for (let node: Node | undefined = at; node; node = node.parent) {
    if (
      node.type === 'FunctionExpression' &&
      node.parent.type === 'Property' &&
      node.parent.parent.type === 'ObjectExpression'
    )
      return valuesInObject(node.parent.parent, name);
    if (node.type === 'FunctionDeclaration') return valuesInConstructor(node, name);
    if (node.type === 'FunctionExpression') return valuesOnPrototype(node, name);
  }
  return [];
}

function valuesInObject(object: TSESTree.ObjectExpression, name: string): readonly Node[] {
  const found: Node[] = [];
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') {
      for (const value of follow(property.argument)) found.push(...valuesOfProperty(value, name));
    } else if (!property.computed && keyOf(property.key) === name) {
      if (property.kind === 'get' && isFunction(property.value)) found.push(...returnedBy(property.value));
      else if (property.kind === 'init') found.push(property.value);
    }
  }
  return [...found, ...assignedTo(object, name)];
}

/** `const state = {}; state.server = app.listen()`, seen from the object. */
function assignedTo(object: TSESTree.ObjectExpression, name: string): readonly Node[] {
  const declarator = object.parent;
  if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return [];
  return assignmentsOn(declarator.id, [name]);
}

/** What is assigned to `identifier.path = …` in the file of the identifier. */
function assignmentsOn(identifier: TSESTree.Identifier, path: readonly string[]): readonly Node[] {
  return (findVariable(identifier)?.references ?? []).flatMap((reference) => {
    let at: Node = reference.identifier;
    for (const name of path) {
      const member: Node | undefined = at.parent;
      if (member?.type !== 'MemberExpression' || member.object !== at || propertyName(member) !== name)
        return [];
      at = member;
    }
    return at.parent?.type === 'AssignmentExpression' && at.parent.left === at ? [at.parent.right] : [];
  });
}

function valuesInInstance(callee: Node, name: string): readonly Node[] {
  if (isClass(callee)) return valuesInClass(callee, name);
  return isFunction(callee) ? valuesInConstructor(callee, name) : [];
}

const fields = new WeakMap<ClassNode, ReadonlyMap<string, readonly Node[]>>();

function valuesInClass(owner: ClassNode, name: string): readonly Node[] {
  const known = fields.get(owner) ?? fieldsOf(owner);
  fields.set(owner, known);
  const own = known.get(name);
  if (own) return own;
  return owner.superClass ? follow(owner.superClass).flatMap((base) => valuesInInstance(base, name)) : [];
}

function fieldsOf(owner: ClassNode): ReadonlyMap<string, readonly Node[]> {
  const values = new Map<string, Node[]>();
  const declared = new Map<string, Node>();
  const add = (name: string | null, value: Node | null) => {
    if (name !== null && value) values.set(name, [...(values.get(name) ?? []), value]);
  };
  for (const member of owner.body.body) {
    if (member.type === 'MethodDefinition' && !member.computed && isFunction(member.value)) {
      const name = keyOf(member.key);
      if (member.kind === 'get') for (const value of returnedBy(member.value)) add(name, value);
      else if (member.kind === 'method') add(name, member.value);
      if (member.kind === 'constructor') {
        for (const parameter of member.value.params) {
          if (parameter.type !== 'TSParameterProperty') continue;
          const inner =
            parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
          if (inner.type === 'Identifier') add(inner.name, inner);
        }
      }
    }
    if ((member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') && !member.computed) {
      const name = keyOf(member.key);
      add(name, member.value);
      if (name !== null && member.typeAnnotation) declared.set(name, member);
    }
  }
  walk(owner.body, (node) => {
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      if (node.left.object.type === 'ThisExpression') add(propertyName(node.left), node.right);
    }
    return undefined;
  });
  // A field that nothing here is assigned to still has a type.
  for (const [name, member] of declared) if (!values.has(name)) values.set(name, [member]);
  return values;
}

/** `function Server() { this.server = … }` and `Server.prototype.close = function () { … }`. */
function valuesInConstructor(fn: FunctionNode, name: string): readonly Node[] {
  const found: Node[] = [];
  walk(fn.body, (node) => {
    const isField =
      node.type === 'AssignmentExpression' &&
      node.left.type === 'MemberExpression' &&
      node.left.object.type === 'ThisExpression' &&
      propertyName(node.left) === name;
    if (isField) found.push(node.right);
    return undefined;
  });
  const id =
    fn.type === 'FunctionDeclaration' ? fn.id : fn.parent.type === 'VariableDeclarator' ? fn.parent.id : null;
  if (id?.type === 'Identifier')
    found.push(...assignmentsOn(id, ['prototype', name]), ...assignmentsOn(id, [name]));
  return found;
}

/** `this` in `Server.prototype.close = function () { … }`, or in `exports.close = function () { … }`. */
function valuesOnPrototype(fn: TSESTree.FunctionExpression, name: string): readonly Node[] {
  const assignment = fn.parent;
  const target = assignment.type === 'AssignmentExpression' ? assignment.left : null;
  const prototype = target?.type === 'MemberExpression' ? target.object : null;
  const owner =
    prototype?.type === 'MemberExpression' && propertyName(prototype) === 'prototype'
      ? prototype.object
      : null;
  if (owner?.type !== 'Identifier') return [];
  return [
    ...follow(owner).flatMap((value) => (isFunction(value) ? valuesInConstructor(value, name) : [])),
    ...assignmentsOn(owner, ['prototype', name]),
  ];
}

/** The classes of the project that a parameter's or field's type names: what is injected is an instance of one. */
function instanceOfType(value: Node): readonly Node[] {
  const annotation =
    value.type === 'Identifier' || value.type === 'PropertyDefinition'
      ? value.typeAnnotation?.typeAnnotation
      : undefined;
  const type = annotation?.type === 'TSTypeReference' ? annotation.typeName : undefined;
  return type?.type === 'Identifier' ? follow(type).filter(isClass) : [];
}

function keyOf(key: Node): string | null {
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Literal' ? String(key.value) : null;
}
