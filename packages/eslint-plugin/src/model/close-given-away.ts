import { moduleOf } from '../ast/module.js';
import { isFunction, type Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { isCloseOf } from './find-closes.js';
import { libraryCloses } from './library-handlers.js';
import type { ServerSite } from './model.js';

const known = new WeakMap<ServerSite, boolean>();

/** `lifecycle.add('server', () => server.close())`: whoever was given the function may call it on the signal. */
export function isCloseGivenAway(site: ServerSite): boolean {
  let isGiven = known.get(site);
  if (isGiven === undefined) known.set(site, (isGiven = find(site)));
  return isGiven;
}

function find(site: ServerSite): boolean {
  let found = false;
  walk(moduleOf(site.listen).ast, (node) => {
    if (found) return false;
    const isClose = node.type === 'CallExpression' ? libraryCloses(node, site) : isCloseOf(node, site);
    if (isClose) found = isInGivenFunction(node);
    return undefined;
  });
  return found;
}

/** Whether a function around a node is handed to a call of which it is not known when it runs it. */
function isInGivenFunction(node: Node): boolean {
  for (let at: Node | undefined = node.parent; at; at = at.parent) {
    if (!isFunction(at)) continue;
    const { parent } = at;
    // register({ name: 'server', stop: () => server.close() })
    const holder = parent.type === 'Property' ? parent.parent.parent : parent;
    if (holder?.type === 'CallExpression' && holder.callee !== at && !RUNS_BY_ITSELF.test(nameOf(holder)))
      return true;
    if (parent.type === 'MethodDefinition' || at.type === 'FunctionDeclaration') return false;
  }
  return false;
}

function nameOf({ callee }: Creation): string {
  return callee.type === 'Identifier' ? callee.name : (propertyName(callee) ?? '');
}

/** Calls whose callbacks are known: listeners of events, promises, timers, routes and middleware, tests. */
const RUNS_BY_ITSELF =
  /^(?:on|once|addListener|then|catch|finally|setTimeout|setImmediate|use|get|post|put|delete|listen|createServer|forEach|map|describe|it|test|after|afterEach|afterAll|before|beforeEach|beforeAll)$/;
