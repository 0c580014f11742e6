import { propertyName, unwrap } from '../ast/unwrap.js';
import type { Reach, ServerLifecycle, ServerSite } from './model.js';

/** Whether what a handler reaches closes this very server. */
export function closesServer(lifecycle: ServerLifecycle, reach: Reach, site: ServerSite): boolean {
  const closesByName = reach.members.some(
    (member) => propertyName(member) === 'close' && lifecycle.isServer(site, member.object),
  );
  // NetServer.prototype.close.call(server, done)
  return closesByName || reach.calls.some((call) => isBorrowedClose(lifecycle, call, site));
}

function isBorrowedClose(
  lifecycle: ServerLifecycle,
  call: Reach['calls'][number],
  site: ServerSite,
): boolean {
  const callee = unwrap(call.callee);
  const [self] = call.arguments;
  if (callee.type !== 'MemberExpression' || !self || !['call', 'apply'].includes(propertyName(callee) ?? ''))
    return false;
  return propertyName(unwrap(callee.object)) === 'close' && lifecycle.isServer(site, self);
}
