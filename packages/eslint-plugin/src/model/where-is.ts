import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';

/** Where a node stands, seen from another: `in line 12`, `in src/shutdown.ts, line 12`. */
export function whereIs(node: Node, from: Node): string {
  const line = `line ${node.loc.start.line}`;
  const { ast, file } = moduleOf(node);
  return ast === moduleOf(from).ast ? `in ${line}` : `in ${file.split(/[\\/]/).slice(-2).join('/')}, ${line}`;
}
