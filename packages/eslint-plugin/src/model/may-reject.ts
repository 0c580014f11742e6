import type { TSESTree } from '@typescript-eslint/utils';
import { follow } from '../ast/follow.js';
import { findImportOrigin, type ImportOrigin } from '../ast/import-origin.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { Node } from '../ast/types.js';
import type { Creation } from '../frameworks/index.js';

/** Clients whose every request is rejected when nobody answers it. */
const CLIENTS = new Set(
  'axios got ky node-fetch undici cross-fetch superagent needle phin request-promise request-promise-native'.split(
    ' ',
  ),
);

/** Modules whose promises are rejected for what the outside does: a file that is gone, a host that does not answer. */
const OUTSIDE = new Set(['fs', 'dns', 'child_process']);

/** Whether a call gives a promise that is rejected when something outside of the process fails: the network, a file. */
export function mayReject(call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  if (callee.type === 'Identifier' && callee.name === 'fetch' && !findVariable(callee)) return true;
  if (isForced(call)) return false;
  const origin = findImportOrigin(callee);
  return (origin !== null && isOutside(origin)) || isOfInstance(callee) || isPromisified(callee);
}

function isOutside({ module, path }: ImportOrigin): boolean {
  if (CLIENTS.has(module)) return path.at(-1) !== 'create' && path.at(-1) !== 'extend';
  const isPromise = /^(?:fs|dns)\/promises$/.test(module) || path[0] === 'promises';
  return isPromise && OUTSIDE.has(module.replace('/promises', ''));
}

/** `api.delete(url)` of `const api = axios.create()` */
function isOfInstance(callee: Node): boolean {
  if (callee.type !== 'MemberExpression') return false;
  const values = follow(callee.object);
  return (
    values.length === 1 &&
    values.every((value) => {
      const made = unwrap(value);
      const origin = made.type === 'CallExpression' ? findImportOrigin(made.callee) : null;
      return (
        origin !== null && CLIENTS.has(origin.module) && /^(?:create|extend)$/.test(origin.path.at(-1) ?? '')
      );
    })
  );
}

/** `run('consul leave')` of `const run = promisify(exec)` */
function isPromisified(callee: Node): boolean {
  return follow(callee).some((value) => {
    if (value.type !== 'CallExpression') return false;
    const origin = findImportOrigin(value.callee);
    const [method] = value.arguments;
    if (origin?.module !== 'util' || origin.path.at(-1) !== 'promisify' || !method) return false;
    const promisified = findImportOrigin(method);
    return promisified !== null && OUTSIDE.has(promisified.module);
  });
}

/** `rm(file, { force: true })` does not mind that there is none. */
function isForced({ arguments: given }: TSESTree.CallExpression): boolean {
  return given.some(
    (argument) =>
      argument.type === 'ObjectExpression' &&
      argument.properties.some(
        (property) =>
          property.type === 'Property' &&
          property.key.type === 'Identifier' &&
          ['force', 'recursive', 'throwHttpErrors'].includes(property.key.name),
      ),
  );
}

/** The name a call is made by, as written: `axios.delete`. */
export function writtenName({ callee }: Creation): string {
  if (callee.type === 'Identifier') return callee.name;
  const name = propertyName(callee) ?? '';
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier'
    ? `${callee.object.name}.${name}`
    : name;
}
