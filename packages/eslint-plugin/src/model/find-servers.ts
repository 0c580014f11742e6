import type { TSESTree } from '@typescript-eslint/utils';
import { follow } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable, valuesOf } from '../ast/variable.js';
import type { Creation } from '../frameworks/index.js';
import type { ServerSite } from './model.js';
import { creationOf, listensBy, mayListenBy, traceServer } from './trace-server.js';

/** The site this call is, when it makes a server listen: `app.listen(3000)`, `serve({ fetch })`. */
export function findServerSite(node: Creation): ServerSite | null {
  const site =
    findListenOn(node) ?? findListener(node) ?? findBound(node) ?? findCalled(node) ?? findPromisified(node);
  return site?.framework.bindsNothing?.(node) ? null : site;
}

/** `app.listen(3000)` */
function findListenOn(node: Creation): ServerSite | null {
  return node.type === 'CallExpression' ? siteOf(node.callee, node) : null;
}

function siteOf(method: Node, listen: Creation): ServerSite | null {
  const name = propertyName(method);
  if (method.type !== 'MemberExpression' || name === null || !mayListenBy(name)) return null;
  const receiver = traceServer(method.object);
  if (!receiver || !listensBy(receiver.framework, name)) return null;
  return { framework: receiver.framework, listen, creation: receiver.creation, identity: receiver.identity };
}

/** `serve({ fetch })`, `new WebSocketServer({ port })` */
function findListener(node: Creation): ServerSite | null {
  if (node.callee.type !== 'Identifier' && node.callee.type !== 'MemberExpression') return null;
  const made = creationOf(node);
  return made?.listened === node
    ? { framework: made.framework, listen: node, creation: node, identity: made.identity }
    : null;
}

/** `const listen = server.listen.bind(server); listen(3000)` */
function findBound(node: Creation): ServerSite | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return null;
  const variable = findVariable(node.callee);
  const [made, ...others] = variable ? valuesOf(variable) : [];
  const bind = made && others.length === 0 ? unwrap(made) : null;
  return bind?.type === 'CallExpression' &&
    bind.callee.type === 'MemberExpression' &&
    propertyName(bind.callee) === 'bind'
    ? siteOf(unwrap(bind.callee.object), node)
    : null;
}

/** `server.listen.call(server, 3000)`, `server.listen.apply(server, [3000])` */
function findCalled(node: Creation): ServerSite | null {
  if (!isByCall(node)) return null;
  const method = unwrap(node.callee.object);
  const variable = method.type === 'Identifier' ? findVariable(method) : null;
  const [made = method] = variable ? valuesOf(variable) : [];
  return siteOf(unwrap(made), node);
}

function isByCall(
  node: Creation,
): node is TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression } {
  const { type, callee } = node;
  return (
    type === 'CallExpression' &&
    callee.type === 'MemberExpression' &&
    ['call', 'apply'].includes(propertyName(callee) ?? '')
  );
}

/** `promisify(server.listen.bind(server))(3000)`, `const listen = promisify(server.listen); await listen.call(server, 3000)` */
function findPromisified(node: Creation): ServerSite | null {
  // To follow every callee there is would read the importers of every file.
  if (node.type !== 'CallExpression' || !/\bpromisify\b/.test(moduleOf(node).text)) return null;
  for (const value of follow(isByCall(node) ? node.callee.object : node.callee)) {
    const origin = value.type === 'CallExpression' ? findImportOrigin(value.callee) : null;
    if (value.type !== 'CallExpression' || origin?.path.at(-1) !== 'promisify' || !value.arguments[0])
      continue;
    const method = unwrap(value.arguments[0]);
    const isBound = method.type === 'CallExpression' && propertyName(method.callee) === 'bind';
    const site = siteOf(
      isBound && method.callee.type === 'MemberExpression' ? method.callee.object : method,
      node,
    );
    if (site) return site;
  }
  return null;
}
