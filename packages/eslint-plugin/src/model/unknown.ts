import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { Unknown } from './model.js';
import { traceServer } from './trace-server.js';

/** Modules under which signals follow other rules than in a plain server process. */
const OTHER_PROCESS_MODELS = new Map([
  ['electron', 'an Electron application has its own life cycle'],
  ['vscode', 'an extension lives in the process of its host'],
  ...['@jest/globals', '@playwright/test', 'ava', 'mocha', 'supertest', 'tap', 'tape', 'test', 'vitest'].map(
    (name) => [name, 'a test'] as const,
  ),
]);

/** Says that something cannot be told, and where. */
export function unknown(why: string, node?: Node): Unknown {
  return { known: false, why: node ? `${why} (line ${node.loc.start.line})` : why };
}

/** Whether a function of this name may be a shutdown or set one up. */
export function isLifecycleName(name: string): boolean {
  return /grace|shut_?down|terminat|lifecycle|signal|cleanup|teardown|drain|dispose|stop|on_?exit|exit_?hook|exit_?handler|handle_?exit/i.test(
    name,
  );
}

/** A module under which nothing can be said of the signals. */
export function findUnknownModule(module: string): Unknown | null {
  const model = OTHER_PROCESS_MODELS.get(module.replace(/^node:/, ''));
  return model ? unknown(model) : null;
}

/** Names of functions that set a shutdown up, not of those that perform one: `setupGracefulShutdown`, `onExit`. */
const SETS_UP =
  /grace|(?:^|[._])(?:on|add|register|set_?up|install|enable|handle|init|attach|bind|use|with|create|configure|manage|listen)_?\w*(?:shut_?down|signal|exit|terminat|stop|lifecycle)|(?:shut_?down|exit|signal|terminat\w*)_?(?:handler|hook|manager|listener)/i;

/** A call that may set up the shutdown elsewhere: `setupGracefulShutdown(server)` of a package that nobody here knows. */
export function findUnknownSetup(call: TSESTree.CallExpression): Unknown | null {
  const { callee } = call;
  if (callee.type === 'Identifier') {
    const mayBe = SETS_UP.test(callee.name) || (isLifecycleName(callee.name) && call.arguments.length > 0);
    if (!mayBe || !findVariable(callee)) return null;
    const origin = findImportOrigin(callee);
    // A parameter that is called, or what a local call gave, handles no signals by itself.
    if (!origin || isQuiet(origin.module) || findFunctions(callee)) return null;
    return unknown(`${callee.name}() may handle the signals`, call);
  }
  const method = propertyName(callee);
  if (method === null || !SETS_UP.test(method) || findFunctions(callee)) return null;
  return isGlobalOrServer(callee) ? null : unknown(`${method}() may handle the signals`, call);
}

/** Of Node's own objects and the frameworks' servers it is known what handles signals. */
function isGlobalOrServer(callee: Node): boolean {
  if (callee.type !== 'MemberExpression') return false;
  const { object } = callee;
  if (object.type === 'Identifier' && !findVariable(object)) return true;
  return traceServer(object) !== null;
}

/** Built-in modules of which no function handles a signal. */
function isQuiet(module: string): boolean {
  return [
    'events',
    'stream',
    'stream/promises',
    'timers',
    'timers/promises',
    'util',
    'child_process',
  ].includes(module);
}
