import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/follow.js';
import type { FunctionNode, Node } from '../ast/types.js';
import { walk } from '../ast/walk.js';
import { isRegistration } from './find-signal-handlers.js';

/** A listener of the process's `exit` event. */
export interface ExitHook {
  readonly registration: TSESTree.CallExpression;
  readonly functions: readonly FunctionNode[];
}

/** What a module does when the process is already ending: `process.on('exit', …)`. */
export function findExitHooks(program: Node): readonly ExitHook[] {
  const found: ExitHook[] = [];
  walk(program, (node) => {
    if (node.type !== 'CallExpression') return undefined;
    const [event, listener] = node.arguments;
    const isExit = event?.type === 'Literal' && event.value === 'exit' && isRegistration(node);
    const functions = isExit && listener ? findFunctions(listener) : null;
    if (functions) found.push({ registration: node, functions });
    return undefined;
  });
  return found;
}
