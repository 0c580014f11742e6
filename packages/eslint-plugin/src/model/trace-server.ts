import type { TSESTree } from '@typescript-eslint/utils';
import { follow } from '../ast/follow.js';
import { findImportOrigin, type ImportOrigin } from '../ast/import-origin.js';
import { remembered } from '../ast/remembered.js';
import { isClass, type ClassNode, type Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { enclosingClass, findVariable } from '../ast/variable.js';
import { findFramework, frameworks, type Creation, type FrameworkAdapter } from '../frameworks/index.js';
import { isLifecycleLibrary } from '../libraries/index.js';

/** What an expression is, when it is a server, an application, or what `listen()` returned. */
export interface Traced {
  readonly framework: FrameworkAdapter;
  /** What makes it the same server wherever it is met: the call that made it, or the declaration that only names its type. */
  readonly identity: Node;
  /** The call that made it, where the process shows it. */
  readonly creation: Creation | null;
  /** The call that listened, when this is what it returned. */
  readonly listened: Creation | null;
}

/** Methods that give back what they are called on, so that a chain stays the same server or application. */
const CHAINING = new Set(
  (
    'on once addListener prependListener setTimeout ref unref use set enable disable engine ' +
    'get post put patch delete all register decorate addHook route withTypeProvider ready'
  ).split(' '),
);

/** The servers an expression can be; a variable may hold several, in the branches of an `if`. */
export function traceServers(node: Node): readonly Traced[] {
  return traceAll(node) ?? [];
}

/** The first of the servers an expression can be, or null when it is none. */
export function traceServer(node: Node): Traced | null {
  return traceServers(node)[0] ?? null;
}

const traceAll = remembered((node): readonly Traced[] => {
  const traced = follow(node).flatMap((value) => traceValue(value) ?? []);
  if (traced.length > 0 || node.type !== 'Identifier') return traced;
  // const app: Express = createApp(): what made it is not known, what it is stands there.
  const name = findVariable(node)?.defs[0]?.name;
  return name?.type === 'Identifier' ? [traceType(name) ?? []].flat() : [];
});

const traceValue = remembered((value): Traced | null => {
  switch (value.type) {
    case 'NewExpression':
      return creationOf(value);
    case 'CallExpression':
      return creationOf(value) ?? traceCall(value);
    case 'MemberExpression': {
      const owner = traceServer(value.object);
      return owner && owner.framework.rawServer === propertyName(value) ? owner : null;
    }
    case 'ThisExpression': {
      const owner = enclosingClass(value);
      return owner?.superClass ? instanceOf(owner, null) : null;
    }
    case 'Identifier':
    case 'PropertyDefinition':
      return traceType(value);
    default:
      return null;
  }
});

function traceCall(call: TSESTree.CallExpression): Traced | null {
  const { callee } = call;
  if (callee.type !== 'MemberExpression') return traceWrapped(call);
  const name = propertyName(callee);
  const receiver = name === null ? null : traceServer(callee.object);
  if (!receiver || name === null) return traceWrapped(call);
  const { rawServer, chainMethods } = receiver.framework;
  if (rawServer === name || CHAINING.has(name) || chainMethods?.includes(name)) return receiver;
  if (!listensBy(receiver.framework, name) || receiver.framework.listenIsAsync) return null;
  return { ...receiver, listened: call };
}

/** `stoppable(server)`, `shutdown(http.createServer(app))`: the same server, with something added. */
function traceWrapped(call: TSESTree.CallExpression): Traced | null {
  const [argument] = call.arguments;
  if (!argument || argument.type === 'SpreadElement') return null;
  const module = findImportOrigin(call.callee)?.module;
  return module !== undefined && isLifecycleLibrary(module) ? traceServer(argument) : null;
}

/** Whether a method of this name makes a server of this framework listen. */
export function listensBy({ listenMethods }: FrameworkAdapter, name: string): boolean {
  return listenMethods?.includes(name) ?? name === 'listen';
}

const listenNames = new Set(['listen', ...frameworks.flatMap(({ listenMethods = [] }) => listenMethods)]);

/** Whether a method of this name makes a server of some framework listen: it saves asking what it is called on. */
export function mayListenBy(name: string): boolean {
  return listenNames.has(name);
}

/** The server or application that this very call makes, if its callee is a framework's. */
export function creationOf(node: Creation): Traced | null {
  const origin = findImportOrigin(node.callee);
  const framework = origin && findFramework(origin.module);
  if (!framework) return node.type === 'NewExpression' ? instanceCreatedBy(node) : null;
  const isListener = framework.listeners?.some((path) => isPath(origin, path)) ?? false;
  if (!isListener && !framework.creators.some((path) => isPath(origin, path))) return null;
  return { framework, identity: node, creation: node, listened: isListener ? node : null };
}

function instanceCreatedBy(node: TSESTree.NewExpression): Traced | null {
  const owner = node.callee.type === 'Identifier' ? follow(node.callee).find(isClass) : undefined;
  return owner?.superClass ? instanceOf(owner, node) : null;
}

/** Kinds whose `Server` is made to be extended: its constructor listens to nothing. */
const EXTENDED = new Set(['http', 'https', 'net', 'tls']);

/** `class App extends http.Server`: the class stands for its instances, which are one server wherever they are met. */
function instanceOf(owner: ClassNode, creation: Creation | null, depth = 0): Traced | null {
  const { superClass } = owner;
  const origin = superClass && findImportOrigin(superClass);
  const framework = origin && findFramework(origin.module);
  if (framework)
    return EXTENDED.has(framework.id) && isPath(origin, ['Server'])
      ? { framework, identity: owner, creation, listened: null }
      : null;
  const base = superClass && depth < 5 ? follow(superClass).find(isClass) : undefined;
  const made = base && base !== owner ? instanceOf(base, creation, depth + 1) : null;
  return made && { ...made, identity: owner };
}

const typed = new Map(
  frameworks.flatMap((framework) =>
    framework.modules.flatMap((module) =>
      (framework.types ?? []).map((type) => [`${module}\0${type}`, framework] as const),
    ),
  ),
);

/** A parameter or field whose type says what it holds: `app: express.Application`. */
function traceType(declared: TSESTree.Identifier | TSESTree.PropertyDefinition): Traced | null {
  const annotation = declared.typeAnnotation?.typeAnnotation;
  const types = annotation?.type === 'TSUnionType' ? annotation.types : annotation ? [annotation] : [];
  for (const type of types) {
    const origin = type.type === 'TSTypeReference' ? originOfType(type.typeName) : null;
    const framework = origin && typed.get(`${origin.module}\0${origin.path.at(-1) ?? ''}`);
    if (framework) return { framework, identity: declared, creation: null, listened: null };
  }
  return null;
}

function originOfType(name: TSESTree.EntityName): ImportOrigin | null {
  if (name.type === 'Identifier') return findImportOrigin(name);
  if (name.type !== 'TSQualifiedName') return null;
  const owner = originOfType(name.left);
  return owner && { module: owner.module, path: [...owner.path, name.right.name] };
}

function isPath(origin: ImportOrigin, path: readonly string[]): boolean {
  return origin.path.length === path.length && path.every((name, index) => origin.path[index] === name);
}
