import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { Unknown } from './model.js';

/** Modules under which signals follow other rules than in a plain server process. */
const OTHER_PROCESS_MODELS = new Map([
  ['cluster', 'the primary of a cluster handles the signals of its workers'],
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

/** A call that may set up the shutdown elsewhere: `setupGracefulShutdown(server)` of a package that nobody here knows. */
export function findUnknownSetup(call: TSESTree.CallExpression): Unknown | null {
  const { callee } = call;
  if (callee.type === 'Identifier') {
    if (!isLifecycleName(callee.name) || !findVariable(callee)) return null;
    const origin = findImportOrigin(callee);
    return findFunctions(callee) || (origin && isQuiet(origin.module))
      ? null
      : unknown(`${callee.name}() may handle the signals`, call);
  }
  const method = propertyName(callee);
  return method !== null && /grace|shut_?down|handle_?signal/i.test(method) && !findFunctions(callee)
    ? unknown(`${method}() may handle the signals`, call)
    : null;
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
