import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../ast/unwrap.js';
import type { SourceCode } from '../ast/types.js';
import type { ServerSite } from './model.js';
import { traceServer } from './trace-server.js';

/** The site this call is, when it makes a server listen: `app.listen(3000)`, `serve({ fetch })`. */
export function findServerSite(sourceCode: SourceCode, node: TSESTree.CallExpression): ServerSite | null {
  if (node.callee.type === 'MemberExpression' && propertyName(node.callee) === 'listen') {
    const receiver = traceServer(sourceCode, node.callee.object);
    return receiver ? { framework: receiver.framework, listen: node, creation: receiver.creation } : null;
  }
  const made =
    node.callee.type === 'Identifier' || node.callee.type === 'MemberExpression'
      ? traceServer(sourceCode, node)
      : null;
  return made?.listened === node && made.creation === node
    ? { framework: made.framework, listen: node, creation: made.creation }
    : null;
}
