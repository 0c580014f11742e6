import type { TSESTree } from '@typescript-eslint/utils';
import { isBuiltin } from 'node:module';
import { findExport } from '../modules/exports.js';
import { findModule } from '../modules/parse.js';
import { argumentsFor } from './arguments.js';
import { assignedMembers } from './assigned.js';
import { elementsOf } from './elements.js';
import { findImportOrigin } from './import-origin.js';
import { moduleOf } from './module.js';
import { mentions, valuesInPattern } from './pattern.js';
import { allValuesOf, valuesOfProperty } from './property.js';
import { remembered } from './remembered.js';
import { returnedBy } from './returned.js';
import { isFunction, type FunctionNode, type Node, type Variable } from './types.js';
import { propertyName } from './unwrap.js';
import { findVariable, valuesOf } from './variable.js';

const find = remembered((node): readonly Node[] => [...new Set(findValues(node))]);

/**
 * What an expression can be when the program runs, as nodes that stand for it: a function, a class, a literal, an
 * object or array as it is written, the call or `new` that made it, the `Program` of a whole module. Follows variables,
 * fields, parameters, local and imported functions' results, across the modules of the process.
 * Where a way ends unclear (a parameter nobody here gives, an import of another package), its last node stands for it.
 */
export function follow(expression: Node): readonly Node[] {
  return find(expression) ?? [];
}

function findValues(node: Node): readonly Node[] {
  switch (node.type) {
    case 'Identifier':
      return valuesOfIdentifier(node);
    case 'MemberExpression':
      return valuesOfMember(node);
    case 'CallExpression':
      return valuesOfCall(node);
    case 'ImportExpression':
      return valuesOfModule(node, node.source);
    case 'AssignmentExpression':
      return follow(node.right);
    case 'LogicalExpression':
      return [...follow(node.left), ...follow(node.right)];
    case 'ConditionalExpression':
      return [...follow(node.consequent), ...follow(node.alternate)];
    case 'SequenceExpression':
      return node.expressions.slice(-1).flatMap(follow);
    default:
      return [node];
  }
}

function valuesOfIdentifier(node: TSESTree.Identifier): readonly Node[] {
  const variable = findVariable(node);
  const definition = variable?.defs[0];
  if (!variable || !definition) return [node];
  const { name } = definition;
  switch (definition.type) {
    case 'FunctionName':
    case 'ClassName':
      return [definition.node];
    case 'ImportBinding':
      return orItself(valuesOfImport(definition.node, definition.parent), name);
    case 'Variable':
      return orItself(valuesOfVariable(variable, node.name), name);
    case 'Parameter':
      return orItself(valuesOfParameter(variable), name);
    default:
      return [name];
  }
}

function orItself(values: readonly Node[], name: Node): readonly Node[] {
  return values.length > 0 ? values : [name];
}

function valuesOfImport(specifier: Node, declaration: Node | null | undefined): readonly Node[] {
  if (specifier.type === 'TSImportEqualsDeclaration') {
    const reference = specifier.moduleReference;
    return reference.type === 'TSExternalModuleReference'
      ? valuesOfModule(specifier, reference.expression)
      : [];
  }
  if (declaration?.type !== 'ImportDeclaration') return [];
  const module = findModule(declaration.source.value, moduleOf(specifier));
  if (!module) return [];
  if (specifier.type === 'ImportNamespaceSpecifier') return [module.ast];
  const name =
    specifier.type === 'ImportSpecifier'
      ? specifier.imported.type === 'Identifier'
        ? specifier.imported.name
        : specifier.imported.value
      : 'default';
  const exported = findExport(module, name).flatMap(follow);
  // A module without a default export is its own, as CommonJS has it.
  return exported.length === 0 && name === 'default' ? [module.ast] : exported;
}

function valuesOfVariable(variable: Variable, name: string): readonly Node[] {
  const [definition] = variable.defs;
  const declarator = definition?.node;
  const loop = declarator?.parent?.parent;
  const assigned = valuesOf(variable).flatMap(follow);
  if (declarator?.type !== 'VariableDeclarator') return assigned;
  const source =
    loop?.type === 'ForOfStatement' && loop.left === declarator.parent
      ? elementsOf(loop.right)
      : declarator.init
        ? [declarator.init]
        : [];
  if (declarator.id.type === 'Identifier')
    return loop?.type === 'ForOfStatement' ? source.flatMap(follow) : assigned;
  return [...assigned, ...valuesInPattern(declarator.id, name, source.flatMap(follow))];
}

function valuesOfParameter(variable: Variable): readonly Node[] {
  const definition = variable.defs[0];
  const name = variable.name;
  if (!definition || !isFunction(definition.node)) return [];
  const { params } = definition.node;
  return params.flatMap((parameter, index) => {
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    if (!mentions(pattern, name)) return [];
    const given = argumentsFor(definition.node as FunctionNode, index).flatMap(follow);
    return valuesInPattern(pattern, name, given);
  });
}

function valuesOfMember(node: TSESTree.MemberExpression): readonly Node[] {
  const name = propertyName(node);
  if (name === null) {
    // servers[index], factories[type]
    const owners = node.object.type === 'Super' ? [] : follow(node.object);
    const elements = [...elementsOf(node.object), ...owners.flatMap(allValuesOf)].flatMap(follow);
    return elements.length > 0 ? elements : [node];
  }
  const owners = node.object.type === 'Super' ? [] : follow(node.object);
  const values = owners.flatMap((owner) => valuesOfProperty(owner, name));
  const assigned = assignedMembers(node, name);
  const found = [...values, ...assigned].filter((value) => value !== node).flatMap(follow);
  return found.length > 0 ? found : [node];
}

function valuesOfCall(node: TSESTree.CallExpression): readonly Node[] {
  const { callee } = node;
  const isRequire = callee.type === 'Identifier' && callee.name === 'require';
  if (isRequire && node.arguments[0]) return orItself(valuesOfModule(node, node.arguments[0]), node);
  if (callee.type === 'MemberExpression') {
    const name = propertyName(callee);
    if (name === 'bind') return follow(callee.object);
    // What a promise gives is what went into it: `build().catch(fail)`.
    if (name === 'catch' || name === 'finally') return follow(callee.object);
    // Object.freeze(app), Object.assign(express(), { … })
    const isOfObject = callee.object.type === 'Identifier' && callee.object.name === 'Object';
    const [target] = node.arguments;
    if ((name === 'freeze' || (name === 'assign' && isOfObject)) && target) return follow(target);
  }
  const functions = follow(callee).filter(isFunction);
  const results = functions.flatMap((fn) => returnedBy(fn)).flatMap(follow);
  return results.length > 0 ? results : [node];
}

function valuesOfModule(at: Node, specifier: Node): readonly Node[] {
  if (specifier.type !== 'Literal' || typeof specifier.value !== 'string') return [];
  const module = findModule(specifier.value, moduleOf(at));
  if (!module) return [];
  const whole = findExport(module, 'default').flatMap(follow);
  const isCommonJs =
    /\bmodule\.exports\s*=|\bexports\s*=/.test(module.text) || module.text.includes('export =');
  return isCommonJs && whole.length > 0 ? whole : [module.ast];
}

/**
 * The functions an expression can be when it is called; null when not all that it can be is a function we can read.
 * A function handed to a wrapper (`once(stop)`, `debounce(stop)`, `asyncHandler(async () => …)`) counts as called.
 */
export function findFunctions(node: Node): readonly FunctionNode[] | null {
  const values = follow(node);
  const functions: FunctionNode[] = [];
  for (const value of values) {
    if (isFunction(value)) functions.push(value);
    else {
      const wrapped = value.type === 'CallExpression' ? wrappedFunctions(value) : [];
      if (wrapped.length === 0) return null;
      functions.push(...wrapped);
    }
  }
  return functions.length > 0 ? functions : null;
}

function wrappedFunctions(call: TSESTree.CallExpression): readonly FunctionNode[] {
  const origin = findImportOrigin(call.callee);
  // `http.createServer((request, response) => …)` gives a server, not a function.
  if (origin && isBuiltin(origin.module) && origin.module !== 'util') return [];
  return call.arguments.flatMap((argument) =>
    argument.type === 'SpreadElement' ? [] : follow(argument).filter(isFunction),
  );
}
