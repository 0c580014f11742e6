import { follow } from '../ast/follow.js';
import { moduleOf } from '../ast/module.js';
import { findStaticNumber } from '../ast/static-number.js';
import { isClass, isFunction, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { textOf } from '../modules/disk.js';
import { processOf } from '../modules/graph.js';
import { findDeadlines } from './deadline-times.js';
import { isCloseOf } from './find-closes.js';
import { exitsOnlyClosed } from './find-exits.js';
import { isServer } from './is-server.js';
import { usesOn } from './library-handlers.js';
import type { ServerSite, Shutdown } from './model.js';

/** What Node 20 and later add to the keep-alive timeout before they close a connection, in milliseconds. */
const BUFFER_MS = 1000;

/** How long keep-alive connections hold a drain after its last response. */
export interface Linger {
  /** Milliseconds until they are closed. */
  readonly lingerMs: number;
  /** Milliseconds until the drain's own deadline; null where it has none. */
  readonly deadlineMs: number | null;
  /** The call that closes the server, where it is called by its name. */
  readonly close: Creation | null;
}

/** Anything that may tell keep-alive connections to end, wherever in the process it stands. */
const ENDS_KEEP_ALIVE =
  /closeIdleConnections|closeAllConnections|shouldKeepAlive|maxRequestsPerSocket|['"`]?connection['"`]?\s*[\]:,=]+\s*['"`]close|forceCloseConnections|serverFactory|http2\s*:/i;

/** Whether a handler only closes this server and waits, while nothing ends connections that are kept alive; null where not, or unclear. */
export function findLinger({ handler, reach, closes, isBounded }: Shutdown, site: ServerSite): Linger | null {
  if (closes !== 'yes' || !reach || reach.unknown.length > 0 || isBounded === 'unknown') return null;
  const lingerMs = lingerOf(site);
  if (lingerMs === null || handler.library?.use.closes?.length) return null;
  const isByLibrary = reach.members.some((member) =>
    usesOn(member).some(({ use }) => use.closes?.some((server) => isServer(site, server))),
  );
  const touched = reach.members.some((member) => TOUCHED.has(propertyName(member) ?? ''));
  if (isByLibrary || touched || !exitsOnlyClosed(handler, reach, site)) return null;
  const deadlines = findDeadlines(handler, reach, site).map(({ ms }) => ms);
  if (deadlines.includes(null) || (isBounded === 'yes' && deadlines.length === 0)) return null;
  if (textsOf(site).some((text) => ENDS_KEEP_ALIVE.test(text))) return null;
  const close = reach.calls.find((call) => isCloseOf(unwrap(call.callee), site)) ?? null;
  const deadlineMs = deadlines.length > 0 ? Math.min(...deadlines.map((ms) => ms ?? Infinity)) : null;
  return { lingerMs, deadlineMs, close };
}

/** Properties that, read or set in a handler, may end connections. */
const TOUCHED = new Set(['keepAliveTimeout', 'destroySoon', 'sockets', 'connections', '_connections']);

/** The server's keep-alive timeout as it is set here, or its framework's; null where that cannot be told. */
function lingerOf(site: ServerSite): number | null {
  const { framework, creation } = site;
  if (!creation) return null;
  const byDefault =
    typeof framework.lingerMs === 'function' ? framework.lingerMs(creation) : framework.lingerMs;
  if (byDefault === undefined || byDefault === null) return null;
  const given = optionsOf(creation, framework.id);
  if (!given) return null;
  const set = [...given, ...assigned(site)].map((value) => findStaticNumber(value));
  if (set.length === 0) return byDefault;
  // 0 means: never.
  const times = set.map((ms) => (ms === 0 ? Infinity : ms === null ? 0 : ms + BUFFER_MS));
  return Math.min(...times);
}

/** Frameworks whose creator is given the handler behind its options. */
const HANDLED_LAST = new Set(['http', 'https', 'micro']);

/** The values of `keepAliveTimeout` in the options of a creation; null where they cannot be read. */
function optionsOf(creation: Creation, framework: string): readonly Node[] | null {
  const found: Node[] = [];
  for (const [index, argument] of creation.arguments.entries()) {
    // The root module, the handler.
    if (framework === 'nest' && index === 0) continue;
    if (
      HANDLED_LAST.has(framework) &&
      index === creation.arguments.length - 1 &&
      argument.type !== 'ObjectExpression'
    )
      continue;
    for (const value of argument.type === 'SpreadElement' ? [argument] : follow(argument)) {
      if (value.type === 'NewExpression') {
        const inner = optionsOf(value, '');
        if (!inner) return null;
        found.push(...inner);
      } else if (value.type === 'ObjectExpression') {
        for (const property of value.properties) {
          if (property.type === 'SpreadElement') return null;
          if (property.key.type === 'Identifier' && property.key.name === 'keepAliveTimeout')
            found.push(property.value);
        }
      } else if (!isFunction(value) && !isClass(value)) return null;
    }
  }
  return found;
}

/** `server.keepAliveTimeout = 65_000` in the module that listens. */
function assigned(site: ServerSite): readonly Node[] {
  const found: Node[] = [];
  walk(moduleOf(site.listen).ast, (node) => {
    if (node.type !== 'AssignmentExpression' || propertyName(node.left) !== 'keepAliveTimeout')
      return undefined;
    // Of whatever server: it may be this one under another name.
    found.push(node.right);
    return undefined;
  });
  return found;
}

/** The text of every module of the process. */
function textsOf({ listen }: ServerSite): readonly string[] {
  const { text, file } = moduleOf(listen);
  if (!file) return [text];
  return [text, ...processOf(file).files.map(textOf)];
}
