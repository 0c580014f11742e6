import type { TextDocument } from 'vscode-languageserver-textdocument';
import { documentFilename } from '../core/document-filename.js';
import { projectRoot } from '../core/project-root.js';
import { analyzeFile, fixFile, type FileAnalysis, type LintedFile } from './linter.js';

/** An analysis, and the version of the document it was made from. */
export interface DocumentAnalysis extends FileAnalysis {
  readonly version: number;
}

/** Reads each version of a document once, whoever asks for it: problems, quick fixes, or places for a lens. */
export class DocumentAnalyses {
  /** The open folders. */
  folders: readonly string[] = [];
  readonly #latest = new Map<string, { version: number; analysis: Promise<DocumentAnalysis | undefined> }>();

  /** Of the document's text or, where that cannot be parsed, of its last version that could be. */
  of(document: TextDocument): Promise<DocumentAnalysis | undefined> {
    const previous = this.#latest.get(document.uri);
    if (previous?.version === document.version) return previous.analysis;
    const analysis = this.#analyze(document).then((current) => current ?? previous?.analysis);
    this.#latest.set(document.uri, { version: document.version, analysis });
    return analysis;
  }

  /** The document's text with all fixes applied. */
  fixedText(document: TextDocument): Promise<string> {
    return fixFile(this.#toFile(document));
  }

  /** The document is closed. */
  forget(uri: string): void {
    this.#latest.delete(uri);
  }

  /** Other files have changed, and what is true of a document may depend on what they say. */
  forgetAll(): void {
    this.#latest.clear();
  }

  async #analyze(document: TextDocument): Promise<DocumentAnalysis | undefined> {
    const { version } = document;
    const analysis = await analyzeFile(this.#toFile(document));
    return analysis === undefined ? undefined : { ...analysis, version };
  }

  #toFile(document: TextDocument): LintedFile {
    const filename = documentFilename(document.uri, document.languageId);
    return { filename, root: projectRoot(filename, this.folders), text: document.getText() };
  }
}
