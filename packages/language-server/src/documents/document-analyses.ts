import type { TextDocument } from 'vscode-languageserver-textdocument';
import { analyzeFile, fixFile, type FileAnalysis, type Finding, type LintedFile } from '../lint/linter.js';
import { recommended, type Rulebook, type Verdict } from '../lint/rulebook.js';
import { documentFilename } from './document-filename.js';
import { projectRoot } from './project-root.js';

/** An analysis, the version of the document it was made from, and by whose rules. */
export interface DocumentAnalysis extends FileAnalysis {
  readonly version: number;
  readonly verdict: Verdict;
}

/** Reads each version of a document once, whoever asks for it: problems, quick fixes, or places for a lens. */
export class DocumentAnalyses {
  /** The open folders. */
  folders: readonly string[] = [];
  readonly #rulebook: Rulebook;
  readonly #fixes = new WeakMap<DocumentAnalysis, readonly Finding[]>();
  readonly #latest = new Map<string, { version: number; analysis: Promise<DocumentAnalysis | undefined> }>();

  constructor(rulebook: Rulebook) {
    this.#rulebook = rulebook;
  }

  /** Of the document's text or, where that cannot be parsed, of its last version that could be. */
  of(document: TextDocument): Promise<DocumentAnalysis | undefined> {
    const previous = this.#latest.get(document.uri);
    if (previous?.version === document.version) return previous.analysis;
    const analysis = this.analyze(document).then(
      (current) => current ?? previous?.analysis,
      (error: unknown) => {
        // Not remembered: it may have been a file that was just being written.
        this.forget(document.uri);
        throw error;
      },
    );
    this.#latest.set(document.uri, { version: document.version, analysis });
    return analysis;
  }

  /**
   * What an analysis has found, with the edits that mend it; found when they are first asked for, which is not with each
   * key stroke.
   */
  withFixes(document: TextDocument, analysis: DocumentAnalysis): readonly Finding[] {
    let findings = this.#fixes.get(analysis);
    if (findings === undefined) {
      const { rules } = analysis.verdict;
      findings = analyzeFile(this.toFile(document), rules, { withFixes: true })?.findings ?? [];
      this.#fixes.set(analysis, findings);
    }
    return findings;
  }

  /** Reads a document that is not kept. */
  async analyze(document: TextDocument): Promise<DocumentAnalysis | undefined> {
    const { version, uri } = document;
    const file = this.toFile(document);
    let verdict = await this.#rulebook.verdict({ uri, ...file });
    let analysis: FileAnalysis | undefined;
    try {
      analysis = analyzeFile(file, verdict.rules, { withFixes: false });
    } catch (error) {
      if (verdict.rules === recommended) throw error;
      // Options that a rule does not know, written by hand.
      verdict = { ...verdict, rules: recommended, error: firstLine(error) };
      analysis = analyzeFile(file, recommended, { withFixes: false });
    }
    return analysis === undefined ? undefined : { ...analysis, version, verdict };
  }

  /** The document's text with all fixes applied. */
  fixedText(document: TextDocument, { rules }: Verdict): string {
    return fixFile(this.toFile(document), rules);
  }

  /** The document is closed. */
  forget(uri: string): void {
    this.#latest.delete(uri);
  }

  /** Other files have changed, and what is true of a document may depend on what they say. */
  forgetAll(): void {
    this.#latest.clear();
  }

  toFile(document: TextDocument): LintedFile {
    const filename = documentFilename(document.uri, document.languageId);
    return { filename, root: projectRoot(filename, this.folders), text: document.getText() };
  }
}

function firstLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 2)
    .join(' ');
}
