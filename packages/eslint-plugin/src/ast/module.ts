import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Node, SourceCode } from './types.js';

/** The parser of the linted file, as ESLint's configuration names it; it reads the modules beside it too. */
export interface Parser {
  parse?(text: string, options: object): unknown;
  parseForESLint?(text: string, options: object): unknown;
  /** Whether it reads TypeScript by itself, so that no other parser is looked for. */
  readonly readsTypeScript?: boolean;
}

/** One module of a process: the linted file, or one that was read beside it. */
export interface Module {
  readonly ast: TSESTree.Program;
  readonly text: string;
  readonly visitorKeys: SourceCode['visitorKeys'];
  getScope(node: Node): TSESLint.Scope.Scope | null;
  /** Absolute path, so that other modules can be found; empty where the text stands alone. */
  readonly file: string;
  readonly parser: Parser | undefined;
}

const modules = new WeakMap<TSESTree.Program, Module>();

/** Makes a module known, so that every node of its tree leads to it. */
export function register(module: Module): Module {
  modules.set(module.ast, module);
  return module;
}

/** The module a node stands in. Every node that is followed comes from one that was registered. */
export function moduleOf(node: Node): Module {
  const module = modules.get(programOf(node));
  if (!module) throw new Error('a node of a tree that nobody registered');
  return module;
}

export function programOf(node: Node): TSESTree.Program {
  let at = node;
  while (at.parent) at = at.parent;
  return at as TSESTree.Program;
}
