import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/function-target.js';
import type { Node, SourceCode } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { isLifecycleLibrary } from '../libraries/index.js';
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

/** A module this file loads that may handle signals itself. */
export function findUnknownModule(module: string): Unknown | null {
  const name = module.replace(/^node:/, '');
  if (isLifecycleLibrary(name)) return unknown(`${name} handles the shutdown`);
  const model = OTHER_PROCESS_MODELS.get(name);
  return model ? unknown(model) : null;
}

/** A call that may set up the shutdown elsewhere: `setupGracefulShutdown(server)` from another module. */
export function findUnknownSetup(sourceCode: SourceCode, call: TSESTree.CallExpression): Unknown | null {
  const name = call.callee.type === 'Identifier' ? call.callee.name : null;
  if (name !== null) {
    return isLifecycleName(name) && !findFunctions(sourceCode, call.callee)
      ? unknown(`${name}() may handle the signals`, call)
      : null;
  }
  const method = propertyName(call.callee);
  return method !== null && /grace|shut_?down|signal/i.test(method) && !findFunctions(sourceCode, call.callee)
    ? unknown(`${method}() may handle the signals`, call)
    : null;
}
