import { findStaticNumber } from '../ast/static-number.js';
import type { Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import type { Creation } from '../frameworks/index.js';
import { isCloseOf } from './find-closes.js';
import { endsDrain, isTimer } from './find-deadlines.js';
import { isServer } from './is-server.js';
import { usesOn } from './library-handlers.js';
import type { Reach, ServerSite, SignalHandler } from './model.js';

/** Something that ends a drain after a time. */
export interface Deadline {
  readonly node: Node;
  /** Null where the time cannot be told. */
  readonly ms: number | null;
}

/** What ends the drain of a handler after a time: its own timers, its library, the library or option it closes with. */
export function findDeadlines(handler: SignalHandler, reach: Reach, site: ServerSite): readonly Deadline[] {
  const { library, registration } = handler;
  const own =
    library && library.use.deadlineMs !== null
      ? [{ node: registration, ms: library.use.deadlineMs ?? null }]
      : [];
  return [...own, ...reach.calls.flatMap((call) => deadlineOf(call, site) ?? [])];
}

function deadlineOf(call: Creation, site: ServerSite): Deadline | null {
  const callee = unwrap(call.callee);
  const [first, second] = call.arguments;
  if (isTimer(callee)) {
    if (!first || !endsDrain(first, site)) return null;
    return { node: call, ms: second ? findStaticNumber(second) : null };
  }
  if (callee.type !== 'MemberExpression') return null;
  const name = propertyName(callee);
  const owner = callee.object.type === 'Identifier' ? callee.object.name : '';
  if (owner === 'AbortSignal' && name === 'timeout')
    return { node: call, ms: first ? findStaticNumber(first) : null };
  if (owner === 'Promise' && name === 'race') return { node: call, ms: null };
  for (const { use } of usesOn(callee)) {
    if (!use.closeMethods?.includes(name ?? '') || use.deadlineMs === null) continue;
    if (use.closes?.some((server) => isServer(site, server)))
      return { node: call, ms: use.deadlineMs ?? null };
  }
  const { closeDeadlineMs } = site.framework;
  if (closeDeadlineMs === undefined || !isCloseOf(callee, site)) return null;
  return { node: call, ms: first ? timeoutIn(first) : closeDeadlineMs };
}

/** `server.stop({ timeout: 5000 })` */
function timeoutIn(options: Node): number | null {
  if (options.type !== 'ObjectExpression') return null;
  for (const property of options.properties) {
    if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'timeout')
      return findStaticNumber(property.value);
  }
  return null;
}
