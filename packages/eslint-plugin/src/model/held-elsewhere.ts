import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { ServerSite } from './model.js';

/**
 * Whether code that cannot be followed may get hold of a site's server: not where what `listen()` gives is thrown away
 * (`app.listen(3000);` of Express), or stays in a variable that is only listened on.
 */
export function mayBeHeldElsewhere({ framework, listen, creation, identity }: ServerSite): boolean {
  const holder = framework.server === 'result' ? listen : (creation ?? identity);
  return isHeld(holder);
}

/** Methods that give the server back, or take nothing of it. */
const HARMLESS = new Set([
  'listen',
  'on',
  'once',
  'addListener',
  'setTimeout',
  'ref',
  'unref',
  'use',
  'get',
  'post',
  'put',
  'delete',
  'set',
  'all',
]);

/** What is read of a server, or set on it, and is no way to it. */
const PLAIN =
  /^(?:address|connections|getConnections|listenerCount|listeners|eventNames|listening|maxConnections|maxHeadersCount|\w*[tT]imeout)$/;

function isHeld(value: Node): boolean {
  const { parent } = value;
  switch (parent?.type) {
    case 'ExpressionStatement':
      return false;
    case 'AwaitExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ChainExpression':
      return isHeld(parent);
    case 'MemberExpression':
      return parent.object !== value || isMemberHeld(parent);
    case 'UnaryExpression':
    case 'BinaryExpression':
      return false;
    case 'IfStatement':
      return parent.test !== value;
    case 'VariableDeclarator':
      return parent.init !== value || isVariableHeld(parent.id);
    default:
      return true;
  }
}

/** `server.on('error', …)`: a chain that may go on; any other member may be the close itself, handed to somebody. */
function isMemberHeld(member: Node): boolean {
  const call = member.parent;
  const isCall = call?.type === 'CallExpression' && call.callee === member;
  const name = propertyName(member) ?? '';
  if (PLAIN.test(name) && !HARMLESS.has(name)) return false;
  return !isCall || !HARMLESS.has(name) || isHeld(call);
}

function isVariableHeld(id: Node): boolean {
  if (id.type !== 'Identifier') return true;
  const declaration = id.parent.parent;
  if (declaration?.parent?.type === 'ExportNamedDeclaration') return true;
  return (findVariable(id)?.references ?? []).some(({ identifier, init }) => !init && isHeld(identifier));
}
