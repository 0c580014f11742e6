import { follow } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { isFunction, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { Creation, ExportPath } from '../frameworks/index.js';
import { resources, type Resource } from '../resources/index.js';
import type { Reach } from './model.js';

/** A call that closes a resource. */
export interface ResourceClose {
  readonly call: Creation;
  readonly resource: Resource;
  /** What made the handle; null where the module itself is closed. */
  readonly handle: Creation | null;
}

/** A handle, and what it is of. */
export interface Made {
  readonly creation: Creation;
  readonly resource: Resource;
}

/** The closes of resources that a handler comes to. */
export function findResourceCloses(reach: Reach): readonly ResourceClose[] {
  return reach.calls.flatMap((call) => closeOf(call) ?? []);
}

function closeOf(call: Creation): ResourceClose | null {
  const callee = unwrap(call.callee);
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : null;
  if (callee.type !== 'MemberExpression' || method === null) return null;
  const origin = findImportOrigin(callee);
  const whole = resources.find(
    ({ modules, moduleCloses = [] }) =>
      origin && modules.includes(origin.module) && moduleCloses.some((path) => isPath(origin.path, path)),
  );
  if (whole) return { call, resource: whole, handle: null };
  const values = follow(callee.object);
  const [made, ...others] = values.map(madeBy);
  if (!made || others.length > 0 || !made.resource.closeMethods.includes(method)) return null;
  return { call, resource: made.resource, handle: made.creation };
}

/** The resource that a call makes, if its callee is known to make one. */
export function madeBy(value: Node): Made | null {
  const creation = unwrap(value);
  if (creation.type !== 'CallExpression' && creation.type !== 'NewExpression') return null;
  const origin = findImportOrigin(creation.callee);
  if (!origin) return null;
  const resource = resources.find(
    ({ modules, creators }) =>
      modules.includes(origin.module) && creators.some((path) => isPath(origin.path, path)),
  );
  return resource ? { creation, resource } : null;
}

export function isPath(path: readonly string[], wanted: ExportPath): boolean {
  return path.length === wanted.length && path.every((name, index) => name === wanted[index]);
}

/** Whether code that is no part of a handler uses what a call made: exported, or named in another function. */
export function isUsedBeside(handle: Creation, reach: Reach): boolean {
  const at = handle.parent.type === 'AwaitExpression' ? handle.parent : handle;
  const declarator = at.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return true;
  if (declarator.parent.parent.type === 'ExportNamedDeclaration') return true;
  return (findVariable(declarator.id)?.references ?? []).some(({ identifier, init }) => {
    if (init) return false;
    for (let node: Node | undefined = identifier; node; node = node.parent) {
      if (isFunction(node)) return !reach.functions.has(node);
    }
    return identifier.parent.type === 'ExportSpecifier' || identifier.parent.type === 'CallExpression';
  });
}
