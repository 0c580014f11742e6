import type { Node } from '../ast/types.js';
import { unwrap } from '../ast/unwrap.js';
import { isCloseOf } from '../model/find-closes.js';
import type { ServerSite, Shutdown } from '../model/model.js';

/** The statement of a block in which a handler closes a server, awaited or not; null where it is a part of another. */
export function statementOfClose({ reach }: Shutdown, site: ServerSite): Node | null {
  const close = reach?.calls.find((call) => isCloseOf(unwrap(call.callee), site));
  return close ? statementAround(close) : null;
}

/** `server.close();`, `await app.close();` */
export function statementAround(close: Node): Node | null {
  let at = close;
  while (at.parent && at.parent.type !== 'ExpressionStatement') {
    if (at.parent.type !== 'AwaitExpression' && at.parent.type !== 'UnaryExpression') return null;
    at = at.parent;
  }
  const statement = at.parent;
  return statement?.parent?.type === 'BlockStatement' ? statement : null;
}
