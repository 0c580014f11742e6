/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS: only that can be loaded by --require everywhere */
// Says what keeps this process alive, and with a trace where in the source each of these was created.
import type { AliveResource } from './protocol.js' with { 'resolution-mode': 'import' };
import places = require('./places.cjs');

/** What async_hooks tells of one resource, as far as it is looked at. */
interface Traced {
  readonly type: string;
  readonly resource: WeakRef<object>;
  readonly origin: ReturnType<typeof places.takeOrigin>;
}

type Kind = AliveResource['kind'];
type Fields = Readonly<Record<string, unknown>>;

/** Promises are resources as well, far too many to look at; none of them keeps a process alive. */
const kindsByType: Readonly<Record<string, Kind>> = {
  Timeout: 'timer',
  TCPWRAP: 'outgoing-connection',
  PIPEWRAP: 'outgoing-connection',
  TCPSERVERWRAP: 'server',
  PIPESERVERWRAP: 'server',
  PROCESSWRAP: 'child-process',
  WORKER: 'worker',
  FSEVENTWRAP: 'file-watcher',
  UDPWRAP: 'udp-socket',
};

let traced: Map<number, Traced> | undefined;

/** From now on remembers where each resource was created. Costs time at every asynchronous call of the process. */
function trace(): void {
  const hooks = require('node:async_hooks') as typeof import('node:async_hooks');
  const seen = new Map<number, Traced>();
  traced = seen;
  hooks
    .createHook({
      init(id, type, _trigger, resource) {
        if (!Object.hasOwn(kindsByType, type)) return;
        seen.set(id, { type, resource: new WeakRef(resource), origin: places.takeOrigin() });
      },
      destroy(id) {
        seen.delete(id);
      },
    })
    .enable();
}

/** What keeps this process alive now; what is alike is counted. */
function findAlive(): AliveResource[] {
  const found: AliveResource[] = [];
  const told = new Set<number>();
  const handles = (process as unknown as { _getActiveHandles(): object[] })._getActiveHandles();
  for (const handle of handles) {
    const resource = describe(handle);
    const inner = (handle as { _handle?: { getAsyncId?(): number; hasRef?(): boolean } })._handle;
    const id = inner?.getAsyncId?.();
    if (id !== undefined) told.add(id);
    if (resource === undefined || inner?.hasRef?.() === false) continue;
    found.push({ ...resource, ...whereIs(id) });
  }
  for (const [id, { type, resource }] of traced ?? []) {
    const kind = kindsByType[type];
    const object = resource.deref() as (Fields & { hasRef?(): boolean }) | undefined;
    // A timer that runs only once more is as much of a reason as an interval, while it runs.
    const isOnlyTraced = type === 'Timeout' || type === 'WORKER';
    if (kind === undefined || !isOnlyTraced || told.has(id) || object?.hasRef?.() !== true) continue;
    found.push({ ...describeTimer(kind, object), ...whereIs(id) });
  }
  if (traced === undefined) {
    const timers = process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length;
    if (timers > 0) found.push({ kind: 'timer', count: timers });
  }
  return group(found);
}

function describe(handle: object): AliveResource | undefined {
  const fields = handle as Fields;
  const name = handle.constructor.name;
  if (name === 'ChildProcess') {
    return {
      kind: 'child-process',
      count: 1,
      detail: `${String(fields['spawnfile'])} (${String(fields['pid'])})`,
    };
  }
  if (name === 'FSWatcher' || name === 'StatWatcher') return { kind: 'file-watcher', count: 1 };
  if ('_connectionKey' in fields || typeof fields['listen'] === 'function') {
    const address = (handle as { address?(): unknown }).address?.();
    const port = (address as { port?: number } | null)?.port;
    const detail =
      typeof address === 'string' ? address : port === undefined ? undefined : `port ${String(port)}`;
    return { kind: 'server', count: 1, ...(detail === undefined ? {} : { detail }) };
  }
  if (name === 'Socket' && 'bind' in fields) return { kind: 'udp-socket', count: 1 };
  if ('remotePort' in fields || 'readable' in fields) return describeConnection(fields);
  return { kind: 'other', count: 1, detail: name };
}

function describeConnection(socket: Fields): AliveResource | undefined {
  const fd = (socket['_handle'] as { fd?: number } | null)?.fd;
  if (fd === 0) return { kind: 'stdin', count: 1 };
  if (fd === 1 || fd === 2) return undefined;
  const isIncoming = socket['server'] !== undefined && socket['server'] !== null;
  if (isIncoming) {
    const port = socket['localPort'];
    // A unix socket has none.
    return {
      kind: 'incoming-connection',
      count: 1,
      ...(port === undefined ? {} : { detail: `port ${String(port)}` }),
    };
  }
  const { remoteAddress, remotePort } = socket as { remoteAddress?: string; remotePort?: number };
  // Without an address it is a pipe, to a child for one, or is not connected yet.
  const detail = remotePort === undefined ? undefined : `${String(remoteAddress)}:${String(remotePort)}`;
  return { kind: 'outgoing-connection', count: 1, ...(detail === undefined ? {} : { detail }) };
}

function describeTimer(kind: Kind, object: Fields): AliveResource {
  if (kind !== 'timer') return { kind, count: 1 };
  const isInterval = object['_repeat'] !== null && object['_repeat'] !== undefined;
  return {
    kind: isInterval ? 'interval' : 'timer',
    count: 1,
    detail: `${String(object['_idleTimeout'])} ms`,
  };
}

function whereIs(id: number | undefined): Pick<AliveResource, 'where'> {
  const where = id === undefined ? undefined : places.findAnyLine(traced?.get(id)?.origin);
  return where === undefined ? {} : { where };
}

function group(found: readonly AliveResource[]): AliveResource[] {
  const groups = new Map<string, AliveResource>();
  for (const resource of found) {
    const { kind, detail, where } = resource;
    const key = JSON.stringify([kind, detail, where]);
    const before = groups.get(key);
    groups.set(key, before === undefined ? resource : { ...before, count: before.count + resource.count });
  }
  return [...groups.values()];
}

export = { trace, findAlive };
