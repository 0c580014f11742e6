import type { Node, SourceCode, Variable } from './types.js';
import { unwrap } from './unwrap.js';
import { findVariable } from './variable.js';

/** Deep enough for code that people write; generated code may chain thousands of variables. */
const MAX_DEPTH = 40;

/**
 * A search that follows expressions through variables, made safe and fast: it runs once for each expression and each
 * variable, finds nothing in what leads back to itself (`a = b; b = a`), and ends where a chain does not.
 */
export function remembered<Result>(
  find: (sourceCode: SourceCode, node: Node) => Result | null,
): (sourceCode: SourceCode, expression: Node) => Result | null {
  const known = new WeakMap<Node | Variable, Result | null>();
  let depth = 0;
  return (sourceCode, expression) => {
    const node = unwrap(expression);
    const key = (node.type === 'Identifier' ? findVariable(sourceCode, node) : null) ?? node;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (depth > MAX_DEPTH) return null;
    known.set(key, null);
    depth++;
    try {
      const result = find(sourceCode, node);
      known.set(key, result);
      return result;
    } finally {
      depth--;
    }
  };
}
