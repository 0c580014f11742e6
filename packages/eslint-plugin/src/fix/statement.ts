import type { Node, SourceCode } from '../ast/types.js';

/** The white space before the line a node starts on. */
export function indentOf(sourceCode: SourceCode, node: Node): string {
  return /^\s*/.exec(sourceCode.lines[node.loc.start.line - 1] ?? '')?.[0] ?? '';
}
