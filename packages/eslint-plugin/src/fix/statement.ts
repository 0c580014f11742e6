import type { Node, SourceCode } from '../ast/types.js';

/** The white space before the line a node starts on. */
export function indentOf(sourceCode: SourceCode, node: Node): string {
  return /^\s*/.exec(sourceCode.lines[node.loc.start.line - 1] ?? '')?.[0] ?? '';
}

/** Where a statement ends, with the comment that follows it on its line. */
export function endOfLine(sourceCode: SourceCode, statement: Node): number {
  const end = statement.range[1];
  const [trailing] = sourceCode.getCommentsAfter(statement);
  const isBeside = trailing?.type === 'Line' && trailing.loc.start.line === statement.loc.end.line;
  return isBeside ? trailing.range[1] : end;
}
