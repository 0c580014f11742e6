import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { moduleOf } from '../ast/module.js';
import { findStaticStrings } from '../ast/static-strings.js';
import { isFunction, type Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import { exitsOnlyAtDeadline } from './find-exits.js';
import { isPath, madeBy, type Made } from './find-resources.js';
import type { Reach, ServerSite, Shutdown } from './model.js';

/**
 * What surely keeps the process alive when all the handlers of a signal have closed the server and left the exit to Node:
 * clients and pools that the module which listens opens as it is loaded, keeps to itself, and never closes.
 */
export function findHeldOpen(shutdowns: readonly Shutdown[], site: ServerSite): readonly Made[] {
  const leavesExit = shutdowns.every(
    ({ handler, reach, closes }) =>
      closes === 'yes' &&
      reach !== null &&
      reach.unknown.length === 0 &&
      handler.library === null &&
      !handsOnUnknown(reach) &&
      exitsOnlyAtDeadline(handler, reach, site),
  );
  if (!leavesExit || shutdowns.length === 0) return [];
  const found: Made[] = [];
  walk(moduleOf(site.listen).ast, (node) => {
    if (isFunction(node)) return false;
    const made = madeBy(node);
    if (made?.creation === node && holds(made)) found.push(made);
    return undefined;
  });
  return found;
}

/** `server.close(finish)`, `server.close(process.exit)`: what is handed on unread may exit. */
function handsOnUnknown({ calls, members }: Reach): boolean {
  const isHanded = members.some(
    (member) =>
      ['exit', 'abort', 'reallyExit', 'kill'].includes(propertyName(member) ?? '') &&
      !(member.parent.type === 'CallExpression' && member.parent.callee === member),
  );
  return (
    isHanded ||
    calls.some(({ arguments: given }) =>
      given.some(
        (argument) =>
          argument.type === 'SpreadElement' ||
          ((argument.type === 'Identifier' || argument.type === 'MemberExpression') && isUnread(argument)),
      ),
    )
  );
}

/** A parameter that gets a function nobody here has written, an import; the settler of a promise ends only that. */
function isUnread(argument: Node): boolean {
  if (findFunctions(argument)) return false;
  const definition = argument.type === 'Identifier' ? findVariable(argument)?.defs[0] : undefined;
  if (definition?.type === 'ImportBinding') return true;
  if (definition?.type !== 'Parameter') return argument.type === 'MemberExpression';
  const { parent } = definition.node;
  return parent?.type !== 'NewExpression';
}

function holds({ creation, resource }: Made): boolean {
  const origin = findImportOrigin(creation.callee);
  const when = resource.holds;
  if (!origin || !when?.creators.some((path) => isPath(origin.path, path))) return false;
  const options = optionsOf(creation.arguments);
  if (!options || when.unlessOptions?.some((name) => options.has(name))) return false;
  if (when.onlyWith) {
    const value = options.get(when.onlyWith.option);
    const strings = value && findStaticStrings(value);
    if (!strings?.every((each) => when.onlyWith?.values.includes(each))) return false;
  }
  return isKeptOpen(creation, when.after, resource.closeMethods);
}

/** The options a handle is made with; null where they cannot be read. */
function optionsOf(given: readonly Node[]): ReadonlyMap<string, Node> | null {
  const options = new Map<string, Node>();
  for (const argument of given) {
    if (argument.type !== 'ObjectExpression') {
      // A URL or a port; a name may stand for options.
      if (isScalar(argument)) continue;
      return null;
    }
    for (const property of argument.properties) {
      if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.computed)
        return null;
      options.set(property.key.name, property.value);
    }
  }
  return options;
}

function isScalar(node: Node): boolean {
  if (node.type === 'Literal' || node.type === 'TemplateLiteral') return true;
  const { object } = node.type === 'MemberExpression' ? node : { object: null };
  return object?.type === 'MemberExpression' && propertyName(object) === 'env';
}

/** Whether the constant of a handle stays in its module, is opened there, and is closed nowhere. */
function isKeptOpen(creation: Node, after: string | undefined, closeMethods: readonly string[]): boolean {
  const declarator = creation.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return false;
  if (declarator.parent.parent.type !== 'Program') return false;
  const mentions = (findVariable(declarator.id)?.references ?? []).filter(({ init }) => !init);
  const methods = mentions.map(({ identifier }) => methodOn(identifier));
  // Handed to somebody, who may close it.
  if (methods.includes(null)) return false;
  const ends = new Set([...closeMethods, 'unref', 'duplicate', 'client', 'bind']);
  if (methods.some((name) => name !== null && ends.has(name))) return false;
  return methods.length > 0 && (after === undefined || methods.includes(after));
}

/** The property of a handle that is used, the empty name where the handle itself is called; null where it is handed on. */
function methodOn(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): string | null {
  const { parent } = identifier;
  // db('users')
  if (parent.type === 'CallExpression') return parent.callee === identifier ? '' : null;
  return parent.type === 'MemberExpression' && parent.object === identifier ? propertyName(parent) : null;
}
