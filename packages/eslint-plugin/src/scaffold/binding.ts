import type { TSESTree } from '@typescript-eslint/utils';
import type { Node, SourceCode } from '../ast/types.js';
import { isClass, isFunction, type ClassNode } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { Creation } from '../frameworks/index.js';
import type { ServerSite } from '../model/model.js';

/** Where the scaffold goes, and how the server is named there. */
export type Binding =
  /** The server has a name already; the scaffold follows the statement. */
  | {
      readonly kind: 'named';
      readonly statement: Node;
      readonly server: string;
      readonly mayBeUndefined: boolean;
    }
  /** `app.listen(3000);` becomes `const server = app.listen(3000);`. */
  | { readonly kind: 'statement'; readonly statement: Node; readonly expression: Node }
  /** `module.exports = app.listen(3000)` takes the name; the server is made in a statement of its own before. */
  | { readonly kind: 'hoist'; readonly statement: Node; readonly expression: Node }
  /** `() => app.listen(3000)` or `return app.listen(3000)`: bound, scaffolded, then returned. */
  | { readonly kind: 'return'; readonly statement: Node; readonly expression: Node };

const CHAIN_OF_SERVER = new Set([
  'on',
  'once',
  'addListener',
  'prependListener',
  'setTimeout',
  'ref',
  'unref',
  'listen',
]);

/** How the server of a site can be named where it listens; null where that would take more than these edits. */
export function findBinding(sourceCode: SourceCode, site: ServerSite): Binding | null {
  // In `new WebSocket.Server({ port })` the receiver is the module.
  const isOnServer = site.framework.server === 'receiver' && site.listen !== site.creation;
  // listen(3000) of `const listen = server.listen.bind(server)`
  if (isOnServer && site.listen.callee.type === 'Identifier') return null;
  // What the listen() of a class of its own gives is not known.
  if (isClass(site.identity) && listensItself(site.identity)) return null;
  const name = isOnServer ? receiverName(sourceCode, site.listen) : null;
  const expression = outermost(site);
  const statement = statementOf(expression);
  if (!statement || isInLoop(statement)) return null;
  // Nothing can follow a `return`: there the value is bound, even of a server that has a name.
  if (name && !isFunction(statement) && statement.type !== 'ReturnStatement')
    return { kind: 'named', statement, server: name.text, mayBeUndefined: name.mayBeUndefined };
  if (site.framework.listenIsAsync || site.framework.listenGivesRaw) return null;
  return bindResult(sourceCode, statement, expression);
}

function listensItself({ body }: ClassNode): boolean {
  return body.body.some(
    (member) =>
      'key' in member && member.key.type === 'Identifier' && ['listen', 'close'].includes(member.key.name),
  );
}

function bindResult(sourceCode: SourceCode, statement: Node, expression: Node): Binding | null {
  const { parent } = expression;
  if (isFunction(statement) || statement.type === 'ReturnStatement')
    return { kind: 'return', statement, expression };
  if (statement.type === 'ExpressionStatement' && parent === statement)
    return { kind: 'statement', statement, expression };
  if (statement.type === 'ExportDefaultDeclaration') return { kind: 'hoist', statement, expression };
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    const isConst = (parent.parent as TSESTree.VariableDeclaration).kind === 'const';
    return { kind: 'named', statement, server: parent.id.name, mayBeUndefined: !isConst };
  }
  if (parent?.type === 'AssignmentExpression' && parent.parent === statement && parent.operator === '=') {
    if (/^(?:module\.)?exports\b/.test(sourceCode.getText(parent.left)))
      return { kind: 'hoist', statement, expression };
    return { kind: 'named', statement, server: sourceCode.getText(parent.left), mayBeUndefined: true };
  }
  return null;
}

/** `server` of `server.listen(…)`, through a chain; null when it has no name, as in `createServer().listen(…)`. */
function receiverName(sourceCode: SourceCode, listen: Creation) {
  let node = listen.callee.type === 'MemberExpression' ? unwrap(listen.callee.object) : null;
  while (node?.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    if (!CHAIN_OF_SERVER.has(propertyName(node.callee) ?? '')) break;
    node = unwrap(node.callee.object);
  }
  if (node?.type === 'Identifier') {
    const definition = findVariable(node)?.defs[0];
    const isConst =
      definition?.type === 'ImportBinding' ||
      (definition?.type === 'Variable' &&
        definition.parent.type === 'VariableDeclaration' &&
        definition.parent.kind === 'const');
    return { text: node.name, mayBeUndefined: !isConst };
  }
  const isField =
    node?.type === 'MemberExpression' && node.object.type === 'ThisExpression' && !node.computed;
  return node && isField ? { text: sourceCode.getText(node), mayBeUndefined: true } : null;
}

/** The listen call with what is chained to it: `app.listen(3000).on('error', fail)` is still the server. */
function outermost(site: ServerSite): Node {
  let node: Node = site.listen;
  for (;;) {
    const parent: Node | undefined = node.parent;
    const isAwait = parent?.type === 'AwaitExpression' && site.framework.listenIsAsync;
    const isPromiseChain =
      site.framework.listenIsAsync && parent?.type === 'MemberExpression' && parent.object === node;
    const isChain =
      parent?.type === 'MemberExpression' &&
      parent.object === node &&
      CHAIN_OF_SERVER.has(propertyName(parent) ?? '');
    if (isAwait) node = parent;
    else if ((isChain || isPromiseChain) && parent.parent.type === 'CallExpression') node = parent.parent;
    else return node;
  }
}

/** The statement in a block around an expression, or the arrow function whose body it is; null elsewhere. */
function statementOf(expression: Node): Node | null {
  for (let at: Node = expression; at.parent; at = at.parent) {
    const parent: Node = at.parent;
    if (parent.type === 'Program' || parent.type === 'BlockStatement') return at;
    if (parent.type === 'IfStatement' && at !== parent.test) return at;
    if (isFunction(parent)) return parent.body === at && at === expression ? parent : null;
  }
  return null;
}

function isInLoop(node: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (/^(?:For|While|DoWhile)/.test(at.type)) return true;
    if (isFunction(at)) return false;
  }
  return false;
}
