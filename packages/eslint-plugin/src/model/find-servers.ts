import { propertyName } from '../ast/unwrap.js';
import type { SourceCode } from '../ast/types.js';
import type { Creation } from '../frameworks/index.js';
import type { ServerSite } from './model.js';
import { listensBy, traceServer } from './trace-server.js';

/** The site this call is, when it makes a server listen: `app.listen(3000)`, `serve({ fetch })`. */
export function findServerSite(sourceCode: SourceCode, node: Creation): ServerSite | null {
  const site = findListenOn(sourceCode, node) ?? findListener(sourceCode, node);
  return site?.framework.bindsNothing?.(node) ? null : site;
}

/** `app.listen(3000)` */
function findListenOn(sourceCode: SourceCode, node: Creation): ServerSite | null {
  const name = node.type === 'CallExpression' ? propertyName(node.callee) : null;
  if (name === null || node.callee.type !== 'MemberExpression') return null;
  const receiver = traceServer(sourceCode, node.callee.object);
  if (!receiver || !listensBy(receiver.framework, name)) return null;
  return { framework: receiver.framework, listen: node, creation: receiver.creation };
}

/** `serve({ fetch })`, `new WebSocketServer({ port })` */
function findListener(sourceCode: SourceCode, node: Creation): ServerSite | null {
  if (node.callee.type !== 'Identifier' && node.callee.type !== 'MemberExpression') return null;
  const made = traceServer(sourceCode, node);
  return made?.listened === node && made.creation === node
    ? { framework: made.framework, listen: node, creation: made.creation }
    : null;
}
