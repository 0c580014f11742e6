import type { Node, Variable } from './types.js';
import { unwrap } from './unwrap.js';
import { findVariable } from './variable.js';

/** Deep enough for code that people write; generated code may chain thousands of variables. */
const MAX_DEPTH = 60;

// Maps that hold their keys weakly would cost the collector of garbage more than one tree that is kept too long.
let analysis = {};

/** Begins a new analysis: what was found before may stand on trees that have been read again since. */
export function forget(): void {
  analysis = {};
}

/** A map by nodes that is empty again at the beginning of each analysis. */
export function rememberedMap<Value>(): () => Map<Node, Value> {
  let map = new Map<Node, Value>();
  let of = analysis;
  return () => {
    if (of !== analysis) {
      map = new Map();
      of = analysis;
    }
    return map;
  };
}

/** A search by a path or name that runs once for each in one analysis: files may come and go between two. */
export function oncePerAnalysis<Result>(find: (key: string) => Result): (key: string) => Result {
  return oncePer(() => analysis, find);
}

/** A search that runs once for each key, as long as this gives the same. */
export function oncePer<Result>(
  current: () => object,
  find: (key: string) => Result,
): (key: string) => Result {
  let known = new Map<string, Result>();
  let of = current();
  return (key) => {
    const now = current();
    if (of !== now) {
      known = new Map();
      of = now;
    }
    if (!known.has(key)) known.set(key, find(key));
    return known.get(key) as Result;
  };
}

/**
 * A search that follows expressions through variables and modules, made safe and fast: it runs once for each expression
 * and each variable, finds nothing in what leads back to itself (`a = b; b = a`), and ends where a chain does not.
 */
export function remembered<Result>(find: (node: Node) => Result | null): (expression: Node) => Result | null {
  let known = new Map<Node | Variable, Result | null>();
  let of = analysis;
  let depth = 0;
  return (expression) => {
    if (of !== analysis) {
      known = new Map();
      of = analysis;
    }
    const node = unwrap(expression);
    const key = (node.type === 'Identifier' ? findVariable(node) : null) ?? node;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (depth > MAX_DEPTH) return null;
    known.set(key, null);
    depth++;
    try {
      const result = find(node);
      known.set(key, result);
      return result;
    } finally {
      depth--;
    }
  };
}
