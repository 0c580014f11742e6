import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import type { Creation } from '../frameworks/index.js';
import type { Ask, LibraryAdapter, LibraryUse } from './adapter.js';
import { exportOf, findMethodCall, millisecondsOf } from './forms.js';

const STANDALONE = 'apollo-server';
const integrations = ['core', 'express', 'fastify', 'hapi', 'koa'];
const packages = ['@apollo/server', STANDALONE, ...integrations.map((name) => `apollo-server-${name}`)];
const DRAIN = 'ApolloServerPluginDrainHttpServer';
const GRACE_MS = 10_000;

/**
 * 5.5, 4.13, 3.13: `new ApolloServer()` stops itself on SIGINT and SIGTERM and raises the signal again, unless
 * `stopOnTerminationSignals: false` (or NODE_ENV is test). HTTP is drained only by the plugin above, by
 * `startStandaloneServer()` or by the `listen()` of v3's `apollo-server`, each for 10 s (`stopGracePeriodMillis`). Run:
 * with one of them it drains, and a second signal is ignored; without, what is in flight is lost at 0.0 s.
 */
export const apolloServer: LibraryAdapter = {
  id: 'apollo-server',
  packages,
  find(call, ask) {
    const name = exportOf(ask, call.callee, packages);
    if (name === 'ApolloServer') return constructed(call, ask);
    if (name === 'startStandaloneServer') {
      return { ...stopped(call.arguments[0], ask), closes: [call], deadlineMs: GRACE_MS };
    }
    const called = findMethodCall(call);
    const drain = called?.method === 'addPlugin' ? drainIn(call.arguments[0], ask) : null;
    return called && drain && { ...stopped(called.receiver, ask), ...drained([drain], ask) };
  },
};

function constructed(call: Creation, ask: Ask): LibraryUse | null {
  const base = stopped(call, ask);
  if (ask.origin(call.callee)?.module === STANDALONE) {
    const grace = ask.option(call, 0, 'stopGracePeriodMillis');
    return { ...base, closes: [call], deadlineMs: millisecondsOf(ask, grace, GRACE_MS) };
  }
  const plugins = ask.option(call, 0, 'plugins');
  const listed = plugins ? ask.elements(plugins) : plugins === null ? [] : null;
  const drains = listed?.flatMap((plugin) => drainIn(plugin, ask) ?? []) ?? [];
  if (drains.length > 0) return { ...base, ...drained(drains, ask) };
  const later = drainsLater(call, ask);
  if (later === true) return null;
  // A plugin of one's own may drain too, and so may whoever gets the server; neither does so without the word.
  const isPlain =
    listed !== null &&
    ((later === false && listed?.every((plugin) => isApollos(plugin, ask))) ||
      !/drain/i.test(moduleOf(call).text));
  return isPlain ? { ...base, deadlineMs: null } : { ...base, signals: null, deadlineMs: undefined };
}

/** What every server does, by the options of the call that made it. */
function stopped(server: Node | undefined, ask: Ask) {
  const call = server && ask.made(server);
  const option = call ? ask.option(call, 0, 'stopOnTerminationSignals') : undefined;
  const chosen = option ? ask.constant(option) : option === null ? true : undefined;
  return {
    signals: chosen === true ? ['SIGINT', 'SIGTERM'] : chosen === false ? [] : null,
    exits: chosen !== false,
    closeMethods: ['stop'],
    closeEndsBy: 'promise',
  } as const;
}

function drained(plugins: readonly Creation[], ask: Ask) {
  const graces = plugins.map((plugin) =>
    millisecondsOf(ask, ask.option(plugin, 0, 'stopGracePeriodMillis'), GRACE_MS),
  );
  return {
    closes: plugins.flatMap((plugin) => ask.option(plugin, 0, 'httpServer') ?? plugin.arguments.slice(0, 1)),
    deadlineMs: graces.every((ms) => typeof ms === 'number') ? Math.max(...graces) : undefined,
  };
}

function drainIn(plugin: Node | undefined, ask: Ask): Creation | null {
  const call = plugin ? ask.made(plugin) : null;
  return call && exportOf(ask, call.callee, packages)?.split('.').at(-1) === DRAIN ? call : null;
}

function isApollos(plugin: Node, ask: Ask): boolean {
  const call = ask.made(plugin);
  return call !== null && exportOf(ask, call.callee, packages) !== null;
}

/** Whether the server gets its drain where it is used; null where it goes out of sight. */
function drainsLater(server: Creation, ask: Ask): boolean | null {
  const fates = (ask.mentions(server) ?? [server]).map((mention) => drainsAt(mention, ask));
  return fates.includes(true) || (fates.includes(null) ? null : false);
}

function drainsAt({ parent }: Node, ask: Ask): boolean | null {
  if (parent?.type === 'MemberExpression') return propertyName(parent) === 'addPlugin';
  if (parent?.type !== 'CallExpression') return null;
  if (exportOf(ask, parent.callee, packages) === 'startStandaloneServer') return true;
  const origin = ask.origin(parent.callee);
  return origin && !origin.module.startsWith('.') ? false : null;
}
