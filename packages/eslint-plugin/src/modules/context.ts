import type { SourceCode } from '../ast/types.js';

/** The parser of the linted file, as ESLint's configuration names it; it reads the modules beside it too. */
export interface Parser {
  parse?(text: string, options: object): unknown;
  parseForESLint?(text: string, options: object): { ast: unknown };
}

/** Where a source text comes from, as far as it is known. */
export interface FileContext {
  /** Absolute path, so that other modules can be found; empty where the text stands alone. */
  readonly filename: string;
  readonly parser?: Parser | undefined;
}

const contexts = new WeakMap<SourceCode, FileContext>();

/** Remembers where a text comes from, for whoever follows its imports. */
export function setContext(sourceCode: SourceCode, context: FileContext): void {
  contexts.set(sourceCode, context);
}

export function contextOf(sourceCode: SourceCode): FileContext {
  return contexts.get(sourceCode) ?? { filename: '' };
}
