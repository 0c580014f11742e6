import type { TSESTree } from '@typescript-eslint/utils';
import type { Node } from './types.js';

/** The name a call is made by: `listen` in `createServer(…).listen(3000)`, however long the chain before it is. */
export function calleeName(call: TSESTree.CallExpression | TSESTree.NewExpression): Node {
  return call.callee.type === 'MemberExpression' ? call.callee.property : call.callee;
}
