import type { Node } from '../ast/types.js';
import { isFunction } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import type { Resource } from '../resources/index.js';
import { isCloseOf } from './find-closes.js';
import { findEarly, findEarlyExits } from './find-exits.js';
import { findResourceCloses, isUsedBeside, type ResourceClose } from './find-resources.js';
import type { ServerLifecycle, ServerSite, Shutdown } from './model.js';
import { stopSignalsIn } from './stop-signals.js';
import { runsAtOnce } from './runs-at-once.js';

/** A resource that a handler closes while a server may still answer requests from it. */
export interface Unordered {
  readonly call: ResourceClose['call'];
  readonly resource: Resource;
  readonly signals: readonly string[];
  /** In one `Promise.all` with the server's close. */
  readonly isBeside: boolean;
}

/** The resources that a handler surely closes before all the servers that it closes are done. */
export function findUnordered(lifecycle: ServerLifecycle, site: ServerSite): readonly Unordered[] {
  // The pool may belong to another server, which is closed first.
  if (lifecycle.listensElsewhere()) return [];
  return lifecycle.shutdownsOf(site).flatMap((shutdown) => {
    const { handler, reach, closes } = shutdown;
    const signals = stopSignalsIn(handler.signals);
    if (closes !== 'yes' || !reach || reach.unknown.length > 0 || signals.length === 0) return [];
    // Requests in flight do not come so far.
    if (findEarlyExits(handler, reach, site).length > 0 || closesByLibrary(shutdown)) return [];
    return findResourceCloses(reach)
      .filter(({ handle }) => handle === null || isUsedBeside(handle, reach))
      .flatMap(({ call, resource }) => {
        const isBeside = isBesideClose(call, shutdown, site);
        const isEarly = lifecycle.servers.every(
          (each) => isBeside || findEarly([call], handler, reach, each).length > 0,
        );
        return isEarly ? [{ call, resource, signals, isBeside }] : [];
      });
  });
}

function closesByLibrary({ handler }: Shutdown): boolean {
  return (handler.library?.use.closes?.length ?? 0) > 0;
}

/** `Promise.all([close(server), pool.end()])`, come to as soon as the handler runs. */
function isBesideClose(call: Node, { handler, reach }: Shutdown, site: ServerSite): boolean {
  const list = call.parent;
  const all = list?.parent;
  if (list?.type !== 'ArrayExpression' || all?.type !== 'CallExpression' || !reach) return false;
  if (!['all', 'allSettled'].includes(propertyName(all.callee) ?? '')) return false;
  const isClosing = list.elements.some(
    (element) => element !== null && element !== call && closes(element, site),
  );
  return isClosing && runsAtOnce(all, handler, reach, site);
}

/** Whether an expression, functions it is given as an executor among it, closes the server itself. */
function closes(element: Node, site: ServerSite): boolean {
  let found = false;
  walk(element, (node) => {
    if (isFunction(node) && node.parent?.type !== 'NewExpression') return false;
    if (node.type === 'CallExpression' && isCloseOf(node.callee, site)) found = true;
    return !found;
  });
  return found;
}
