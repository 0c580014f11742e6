import type { AST, SourceCode } from 'eslint';
import type { TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

const NEXT_LINE = /eslint-disable-next-line[ \t]+[@\w/-]+(?:[ \t]*,[ \t]*[@\w/-]+)*/;

/** What lies around an offset: a comment is written differently there, or not at all. */
type Place = 'code' | 'jsx' | 'text';

/**
 * The comment that silences a rule for one line: above it, or at its end where the line begins within a text.
 * @param line counted from 0
 * @returns undefined where no comment can stand, such as within a template string
 */
export function disableLine(
  document: TextDocument,
  sourceCode: SourceCode,
  line: number,
  ruleId: string,
): TextEdit | undefined {
  const lines = document.getText().split(/\r\n|\r|\n/);
  const text = lines[line] ?? '';
  const above = NEXT_LINE.exec(lines[line - 1] ?? '');
  if (above) return insert(line - 1, above.index + above[0].length, `, ${ruleId}`);
  const indent = /^\s*/.exec(text)?.[0] ?? '';
  const end = document.getText().includes('\r\n') ? '\r\n' : '\n';
  switch (placeOf(document, sourceCode, line, 0)) {
    case 'code':
      return insert(line, 0, `${indent}// eslint-disable-next-line ${ruleId}${end}`);
    case 'jsx':
      return insert(line, 0, `${indent}{/* eslint-disable-next-line ${ruleId} */}${end}`);
    case 'text':
      return placeOf(document, sourceCode, line, text.length) === 'code'
        ? insert(line, text.length, ` // eslint-disable-line ${ruleId}`)
        : undefined;
  }
}

/** The comment that silences a rule for the whole file. */
export function disableFile(document: TextDocument, ruleId: string): TextEdit {
  const isScript = document.getText().startsWith('#!');
  return insert(isScript ? 1 : 0, 0, `/* eslint-disable ${ruleId} */\n`);
}

function placeOf(document: TextDocument, sourceCode: SourceCode, line: number, character: number): Place {
  const offset = document.offsetAt({ line, character });
  const isWithin = ([start, end]: AST.Range) => start < offset && offset < end;
  if (sourceCode.getAllComments().some(({ range }) => range !== undefined && isWithin(range))) return 'text';
  const node = sourceCode.getNodeByRangeIndex(offset) as { type: string; range?: AST.Range } | null;
  switch (node?.type) {
    case 'TemplateElement':
    case 'Literal':
      return node.range !== undefined && isWithin(node.range) ? 'text' : 'code';
    case 'JSXText':
    case 'JSXElement':
    case 'JSXFragment':
      return node.range !== undefined && isWithin(node.range) ? 'jsx' : 'code';
    default:
      return 'code';
  }
}

function insert(line: number, character: number, newText: string): TextEdit {
  const position = { line, character };
  return { range: { start: position, end: position }, newText };
}
