import type { TSESTree } from '@typescript-eslint/utils';
import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { isTimer } from './find-deadlines.js';
import type { Reach } from './model.js';
import { traceServers } from './trace-server.js';

/** Whether what is waited for may be the requests in flight: it polls, sleeps, or speaks of them. */
export function mayDrain(reach: Reach, expression: Node): boolean {
  return (
    speaksOfInFlight(expression) ||
    // The main server's: whoever waits for that need not wait for the one of its metrics.
    reach.members.some(isCloseOfAny) ||
    [...reach.functions].some((fn) => speaksOfInFlight(fn.body)) ||
    reach.calls.some(({ callee }) => isTimer(callee) || isPoll(callee))
  );
}

/** Names of what a server has in hand; the plural only, since `connection.close()` is that of a database. */
const IN_FLIGHT =
  /in_?flight|pending|ongoing|outstanding|idle|drain|(?:connection|socket|request|response)s\b/i;

function isCloseOfAny(member: TSESTree.MemberExpression): boolean {
  const [closed] = traceServers(member.object);
  return (
    closed?.framework.closeMethods?.includes(propertyName(member) ?? '') ??
    (closed !== undefined && propertyName(member) === 'close')
  );
}

function isPoll(callee: Node): boolean {
  const name = callee.type === 'Identifier' ? callee.name : (propertyName(callee) ?? '');
  return /^(?:setInterval|sleep|delay|wait\w*)$/i.test(name);
}

/** Whether a piece of code names what is in flight. */
export function speaksOfInFlight(node: Node): boolean {
  return IN_FLIGHT.test(moduleOf(node).text.slice(...node.range));
}
