import type { TSESTree } from '@typescript-eslint/utils';
import { follow } from '../ast/follow.js';
import { isFunction, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { Creation } from '../frameworks/index.js';
import { isServer } from './is-server.js';
import { usesOn } from './library-handlers.js';
import type { Reach, ServerSite, SignalHandler } from './model.js';
import { runsAtOnce } from './runs-at-once.js';

/** A call in a handler that ends requests in flight. */
export interface Cut {
  readonly call: TSESTree.CallExpression;
  /** `closeAllConnections()`, or how a library says it. */
  readonly how: string;
  /** Milliseconds that requests in flight have before it. */
  readonly afterMs: number;
  readonly by: 'server' | 'sockets' | 'library';
  /** The library's package, where it is one. */
  readonly library: string;
}

/** Of `node:http`, and of nothing that closes the server by it. */
export const CLOSE_ALL = 'closeAllConnections';

/** What a handler surely does, as soon as it runs, to end what is in flight on a server. */
export function findCuts(handler: SignalHandler, reach: Reach, site: ServerSite): readonly Cut[] {
  return reach.calls.flatMap((call) => {
    const cut = call.type === 'CallExpression' ? cutOf(call, site) : null;
    return cut && runsAtOnce(cut.call, handler, reach, site) ? [cut] : [];
  });
}

function cutOf(call: TSESTree.CallExpression, site: ServerSite): Cut | null {
  const callee = unwrap(call.callee);
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : null;
  if (callee.type !== 'MemberExpression' || method === null) return null;
  if ((method === CLOSE_ALL || isCutOf(site, call, method)) && isServer(site, callee.object))
    return { call, how: `${method}()`, afterMs: 0, by: 'server', library: '' };
  if (endsSocket(method, site) && isSocketOf(callee.object, site))
    return { call, how: `${method}()`, afterMs: 0, by: 'sockets', library: '' };
  for (const { library, use } of usesOn(callee)) {
    if (use.loses === undefined || !use.closeMethods?.includes(method)) continue;
    if (use.closes?.some((server) => isServer(site, server)))
      return {
        call,
        how: use.loses,
        afterMs: use.deadlineMs ?? 0,
        by: 'library',
        library: library.packages[0] ?? library.id,
      };
  }
  return null;
}

function isCutOf({ framework }: ServerSite, { arguments: [first] }: Creation, method: string): boolean {
  const { cuts } = framework;
  if (cuts?.method !== method) return false;
  return cuts.argument === undefined || (first?.type === 'Literal' && first.value === cuts.argument);
}

/** A response that is not yet written cannot be written any more: `end()` of a socket loses it as `destroy()` does. */
function endsSocket(method: string, { framework }: ServerSite): boolean {
  const isHttp = framework.id !== 'net' && framework.id !== 'tls';
  return method === 'destroy' || (isHttp && (method === 'end' || method === 'destroySoon'));
}

/** One of the sockets that `server.on('connection', (socket) => sockets.add(socket))` remembers, all of them. */
function isSocketOf(object: Node, site: ServerSite): boolean {
  const values = follow(object);
  const list = listOf(object);
  return (
    values.length > 0 &&
    list !== null &&
    forgetsOnlyClosed(list) &&
    values.every((value) => {
      const listener = value.parent;
      if (!isFunction(listener) || listener.params[0] !== value) return false;
      return isConnectionListener(listener, site);
    })
  );
}

function isConnectionListener(listener: Node, site: ServerSite): boolean {
  const call = listener.parent;
  const callee = call?.type === 'CallExpression' ? unwrap(call.callee) : null;
  if (call?.type !== 'CallExpression' || callee?.type !== 'MemberExpression') return false;
  const [event] = call.arguments;
  return (
    propertyName(callee) === 'on' &&
    event?.type === 'Literal' &&
    (event.value === 'connection' || event.value === 'secureConnection') &&
    isServer(site, callee.object)
  );
}

/** `sockets` of `for (const socket of sockets)`, `sockets.forEach((socket) => …)` */
function listOf(object: Node): TSESTree.Identifier | null {
  const definition = object.type === 'Identifier' ? findVariable(object)?.defs[0] : undefined;
  if (!definition) return null;
  const { node } = definition;
  const loop = node.type === 'VariableDeclarator' ? node.parent.parent : null;
  if (loop?.type === 'ForOfStatement') return identifier(loop.right);
  const call = isFunction(node) && node.params[0] === definition.name ? node.parent : null;
  const callee = call?.type === 'CallExpression' ? unwrap(call.callee) : null;
  return callee?.type === 'MemberExpression' && propertyName(callee) === 'forEach'
    ? identifier(callee.object)
    : null;
}

function identifier(node: Node): TSESTree.Identifier | null {
  const value = unwrap(node);
  return value.type === 'Identifier' ? value : null;
}

/** A list that sockets leave while they are open, because they are idle or busy, does not hold all of them. */
function forgetsOnlyClosed(list: TSESTree.Identifier): boolean {
  return (findVariable(list)?.references ?? []).every((reference) => {
    const { parent: member } = reference.identifier;
    const isTaken =
      (reference.isWrite() && !reference.init) ||
      (member.type === 'MemberExpression' && ['delete', 'splice'].includes(propertyName(member) ?? ''));
    return !isTaken || eventOf(member) === 'close';
  });
}

/** The event in whose listener a node stands. */
function eventOf(node: Node): unknown {
  for (let at: Node | undefined = node; at; at = at.parent) {
    const call: Node | undefined = isFunction(at) ? at.parent : undefined;
    if (isFunction(at)) {
      const [event] = call?.type === 'CallExpression' ? call.arguments : [];
      return event?.type === 'Literal' ? event.value : null;
    }
  }
  return null;
}

/** The property of a creation that makes the server's own close end what is in flight: `{ forceCloseConnections: true }`. */
export function findCutOption({ framework, creation }: ServerSite): TSESTree.Property | null {
  const name = framework.cutOption;
  if (name === undefined || !creation) return null;
  return findProperty(creation, name);
}

function findProperty(creation: Creation, name: string): TSESTree.Property | null {
  for (const argument of creation.arguments) {
    const values = argument.type === 'SpreadElement' ? [] : follow(argument);
    const [value] = values;
    if (!value || values.length > 1) continue;
    // NestFactory.create(AppModule, new FastifyAdapter({ forceCloseConnections: true }))
    if (value.type === 'NewExpression') {
      const inner = findProperty(value, name);
      if (inner) return inner;
    }
    if (value.type !== 'ObjectExpression') continue;
    const last = value.properties.findLast(
      (property) =>
        property.type === 'SpreadElement' ||
        (!property.computed && property.key.type === 'Identifier' && property.key.name === name),
    );
    if (last?.type === 'Property' && last.value.type === 'Literal' && last.value.value === true) return last;
  }
  return null;
}
