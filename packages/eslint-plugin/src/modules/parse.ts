import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { analyze } from 'eslint-scope';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { register, type Module, type Parser } from '../ast/module.js';
import { forget } from '../ast/remembered.js';
import type { Node } from '../ast/types.js';
import { debug } from '../debug.js';
import { lookAtDisk } from './disk.js';
import { resolveModule } from './known-packages.js';

interface Known {
  readonly stamp: string;
  readonly module: Module | null;
}

const cache = new WeakMap<Parser, Map<string, Known>>();
/** The module that ESLint lints now: its tree is ESLint's, and whoever comes back to its path finds that tree. */
export let linted: Module | null = null;

/** Begins the analysis of a file. */
export function setLinted(module: Module): void {
  linted = register(module);
  forget();
  lookAtDisk();
}

/** The module of the same package or workspace that a specifier leads to; null for a package, and for what cannot be read. */
export function findModule(specifier: string, from: Module): Module | null {
  if (!from.file || !from.parser) return null;
  const path = resolveModule(specifier, from.file);
  return path === null ? null : readModule(path, from.parser);
}

/**
 * A module by its path, parsed again only when its time of change or its size has changed.
 * Null when it cannot be read, or not with this parser.
 */
export function readModule(file: string, parser: Parser): Module | null {
  if (linted?.file === file) return linted;
  let known = cache.get(parser);
  if (!known) cache.set(parser, (known = new Map()));
  try {
    const { mtimeMs, size } = statSync(file);
    const stamp = `${mtimeMs}:${size}`;
    const before = known.get(file);
    if (before?.stamp === stamp) return before.module;
    const module = parse(readFileSync(file, 'utf8'), file, parser);
    if (!module) debug(`${file}: cannot be parsed`);
    known.set(file, { stamp, module });
    return module;
  } catch {
    return null;
  }
}

interface Parsed {
  readonly ast: TSESTree.Program;
  readonly scopeManager?: TSESLint.Scope.ScopeManager | null;
  readonly visitorKeys?: Module['visitorKeys'];
}

function parse(text: string, file: string, parser: Parser): Module | null {
  for (const each of parsersFor(file, parser)) {
    const parsed =
      parseWith(text, file, 'module', each) ??
      parseWith(text, file, 'script', each) ??
      parseWith(text, file, 'commonjs', each);
    if (parsed) return toModule(text, file, parser, parsed);
  }
  return null;
}

function parseWith(text: string, filePath: string, sourceType: string, parser: Parser): Parsed | null {
  const options = {
    ecmaVersion: 'latest',
    sourceType,
    filePath,
    range: true,
    loc: true,
    ecmaFeatures: { jsx: !/\.[cm]?ts$/.test(filePath), globalReturn: sourceType === 'commonjs' },
  };
  try {
    const parsed = (parser.parseForESLint?.(text, options) ?? {
      ast: parser.parse?.(text, options),
    }) as Parsed;
    return parsed.ast ? parsed : null;
  } catch {
    return null;
  }
}

function toModule(text: string, file: string, parser: Parser, parsed: Parsed): Module {
  const { ast } = parsed;
  setParents(ast);
  const scopes = parsed.scopeManager ?? scopesOf(ast);
  return register({
    ast,
    text,
    file,
    parser,
    visitorKeys: parsed.visitorKeys ?? linted?.visitorKeys ?? {},
    getScope: (node) => scopeOf(scopes, node),
  });
}

/** The scopes of a tree of a parser that only parses, as ESLint analyses them. */
function scopesOf(ast: TSESTree.Program): TSESLint.Scope.ScopeManager {
  const options = {
    ecmaVersion: 2024,
    sourceType: ast.sourceType,
    childVisitorKeys: linted?.visitorKeys,
    fallback: 'iteration',
  };
  return analyze(ast as never, options as never) as unknown as TSESLint.Scope.ScopeManager;
}

/** As ESLint's `SourceCode` finds it. */
function scopeOf(scopes: TSESLint.Scope.ScopeManager, node: Node): TSESLint.Scope.Scope | null {
  const isInner = node.type !== 'Program';
  for (let at: Node | undefined = node; at; at = at.parent) {
    const scope = scopes.acquire(at, isInner);
    if (scope) return scope.type === 'function-expression-name' ? (scope.childScopes[0] ?? scope) : scope;
  }
  return scopes.scopes[0] ?? null;
}

function setParents(program: TSESTree.Program): void {
  const stack: Node[] = [program];
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const [key, child] of Object.entries(node) as [string, unknown][]) {
      if (key === 'parent' || key === 'tokens' || key === 'comments') continue;
      for (const each of Array.isArray(child) ? (child as unknown[]) : [child]) {
        if (!isNode(each)) continue;
        each.parent = node;
        stack.push(each);
      }
    }
  }
}

function isNode(value: unknown): value is Node & { parent: Node } {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

/** The one given and, only where that cannot read the file, TypeScript's. */
function* parsersFor(file: string, parser: Parser): Generator<Parser> {
  yield parser;
  if (parser.readsTypeScript || !/\.[cm]?tsx?$/.test(file)) return;
  const other = typeScriptParser(file);
  if (other) yield other;
}

/** TypeScript's parser as the project has it, for a TypeScript neighbour of a JavaScript file. */
function typeScriptParser(file: string): Parser | null {
  for (const from of [file, import.meta.url]) {
    try {
      return createRequire(from)('@typescript-eslint/parser') as Parser;
    } catch {
      // Not there: then the module is unknown.
    }
  }
  return null;
}
