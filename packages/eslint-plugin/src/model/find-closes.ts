import { follow } from '../ast/follow.js';
import type { Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { Creation } from '../frameworks/index.js';
import type { Answer, Reach, ServerSite, SignalHandler } from './model.js';
import { isCloseGivenAway } from './close-given-away.js';
import { mayBeHeldElsewhere } from './held-elsewhere.js';
import { isExitFunction } from './is-exit.js';
import { isServer } from './is-server.js';
import { libraryCloses } from './library-handlers.js';
import { traceServers } from './trace-server.js';

/** Whether what a handler reaches closes this very server. */
export function closesServer(reach: Reach, site: ServerSite): Answer {
  const closes =
    reach.members.some((member) => isCloseOf(member, site)) ||
    // NetServer.prototype.close.call(server, done)
    reach.calls.some(
      (call) => isBorrowedClose(call, site) || aborts(call, site) || libraryCloses(call, site),
    );
  if (closes) return 'yes';
  // What cannot be followed can only close a server that it can get hold of, or by a function that it was given.
  if (
    reach.unknown.some(({ closesAny }) => closesAny) ||
    (reach.unknown.length > 0 && mayBeHeldElsewhere(site))
  )
    return 'unknown';
  return isCloseGivenAway(site) || reach.members.some(closesSomeServer) ? 'unknown' : 'no';
}

/** `close` of what only its type calls a server, `server: Server`: who gave it cannot be seen, and it may be this one. */
function closesSomeServer(member: Node): boolean {
  const name = propertyName(member) ?? '';
  return (
    member.type === 'MemberExpression' &&
    traceServers(member.object).some(
      ({ creation, framework }) =>
        !creation && (CLOSE_OF_ANY.has(name) || framework.closeMethods?.includes(name) === true),
    )
  );
}

/** Whether a handler closes this server: by what its functions reach, or because its library does. */
export function handlerCloses(handler: SignalHandler, reach: Reach | null, site: ServerSite): Answer {
  if (handler.library?.use.closes?.some((server) => isServer(site, server))) return 'yes';
  if (reach) return closesServer(reach, site);
  // process.on('SIGTERM', process.exit)
  return handler.listener && follow(handler.listener).every(isExitFunction) ? 'no' : 'unknown';
}

/** `server.close`, called or handed on, in whatever way this kind of server is closed. */
export function isCloseOf(member: Node, site: ServerSite): boolean {
  if (member.type !== 'MemberExpression') return false;
  const name = propertyName(member) ?? symbolName(member.computed ? member.property : null);
  if (name === null) return false;
  const methods = site.framework.closeMethods ?? ['close'];
  // The raw server of a framework is closed by its own `close`.
  if ((methods.includes(name) || CLOSE_OF_ANY.has(name)) && isServer(site, member.object)) return true;
  return traceServers(member.object).some(({ framework, creation }) => {
    if (!creation || !framework.closesToo || !(framework.closeMethods ?? ['close']).includes(name))
      return false;
    const attached = framework.closesToo(creation);
    return attached !== null && isServer(site, attached);
  });
}

const CLOSE_OF_ANY = new Set(['close', 'asyncDispose']);

/** `asyncDispose` of `server[Symbol.asyncDispose]` */
function symbolName(property: Node | null): string | null {
  return property?.type === 'MemberExpression' ? propertyName(property) : null;
}

function isBorrowedClose(call: Creation, site: ServerSite): boolean {
  const callee = unwrap(call.callee);
  const [self] = call.arguments;
  if (callee.type !== 'MemberExpression' || !self || !['call', 'apply'].includes(propertyName(callee) ?? ''))
    return false;
  return propertyName(unwrap(callee.object)) === 'close' && isServer(site, self);
}

/** `controller.abort()` of the signal that `listen({ signal })` was given. */
function aborts(call: Creation, site: ServerSite): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'abort') return false;
  const controller = callee.object.type === 'Identifier' ? findVariable(callee.object) : null;
  return (
    controller !== null &&
    site.listen.arguments.some((options) => {
      if (options.type !== 'ObjectExpression') return false;
      return options.properties.some((property) => {
        const value = property.type === 'Property' ? unwrap(property.value) : null;
        const object = value?.type === 'MemberExpression' ? value.object : null;
        return object?.type === 'Identifier' && findVariable(object) === controller;
      });
    })
  );
}
