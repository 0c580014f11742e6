import { callsIn } from '../ast/calls.js';
import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import type { Creation, FrameworkAdapter } from '../frameworks/index.js';
import { exitsOnlyClosed } from './find-exits.js';
import { findResourceCloses } from './find-resources.js';
import { isServer } from './is-server.js';
import type { Reach, ServerSite, Shutdown } from './model.js';
import { traceServers } from './trace-server.js';

/** A server of WebSockets that takes its connections from another one. */
export interface Attached {
  readonly framework: FrameworkAdapter;
  readonly creation: Creation;
}

/** The WebSocket servers that the module which listens attaches to a server of its own. */
export function findAttachedServers(site: ServerSite): readonly Attached[] {
  const found: Attached[] = [];
  for (const call of callsIn(moduleOf(site.listen).ast)) {
    for (const { framework, creation } of traceServers(call)) {
      const to = creation === call ? framework.attachedTo?.(call) : null;
      if (to && isServer(site, to)) found.push({ framework, creation: call });
    }
  }
  return found;
}

/** Those of them whose connections surely nothing ends when a handler closes the server they are attached to. */
export function findLeftOpen({ handler, reach, closes }: Shutdown, site: ServerSite): readonly Attached[] {
  if (closes !== 'yes' || !reach || reach.unknown.length > 0 || !exitsOnlyClosed(handler, reach, site))
    return [];
  // What a library does to connections is its own affair.
  if (handler.library?.use.closes?.length || mayEndConnections(reach)) return [];
  return findAttachedServers(site).filter(({ creation }) => !isTouched(creation, reach));
}

/** Methods that end single connections, whatever they are called on. */
const ENDS = new Set([
  'terminate',
  'destroy',
  'destroySoon',
  'disconnect',
  'disconnectSockets',
  'end',
  'kick',
  'shutdown',
  'stop',
]);

function mayEndConnections(reach: Reach): boolean {
  const known = new Set<Node>(findResourceCloses(reach).map(({ call }) => call.callee));
  return reach.members.some((member) => ENDS.has(propertyName(member) ?? '') && !known.has(member));
}

function isTouched(creation: Creation, reach: Reach): boolean {
  const isIt = (node: Node) => traceServers(node).some((traced) => traced.creation === creation);
  return (
    reach.members.some((member) => isIt(member.object)) ||
    reach.calls.some((call) =>
      call.arguments.some((argument) => argument.type !== 'SpreadElement' && isIt(argument)),
    )
  );
}
