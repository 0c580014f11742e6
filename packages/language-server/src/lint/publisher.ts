import type { Connection, Diagnostic, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentAnalyses, DocumentAnalysis } from '../documents/document-analyses.js';
import { stateNotification, type LintState } from '../protocol.js';
import { toDiagnostic } from './diagnostics.js';

/** Shows what is found: of open documents as they are, of other files what a check of the workspace has found. */
export class Publisher {
  /** Whether the editor asks for the diagnostics of open documents itself. */
  isPulled = false;
  /** Whether the editor is told who lints. */
  tellsStates = false;
  readonly #connection: Connection;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #analyses: DocumentAnalyses;
  /** The files that are not open and have diagnostics. */
  readonly #closed = new Set<string>();

  constructor(connection: Connection, documents: TextDocuments<TextDocument>, analyses: DocumentAnalyses) {
    this.#connection = connection;
    this.#documents = documents;
    this.#analyses = analyses;
  }

  /** Undefined where it cannot be read, and nothing new can be said. What is not open is not kept. */
  async analysisOf(
    document: TextDocument,
    { isOpen = true }: { readonly isOpen?: boolean } = {},
  ): Promise<DocumentAnalysis | undefined> {
    try {
      return await (isOpen ? this.#analyses.of(document) : this.#analyses.analyze(document));
    } catch (error) {
      this.#log(document.uri, error);
      return undefined;
    }
  }

  /** Shows what is found in an open document. */
  async publish(document: TextDocument): Promise<void> {
    if (this.isPulled) return;
    const { uri, version } = document;
    const analysis = await this.analysisOf(document);
    const isCurrent = this.#documents.get(uri)?.version === version;
    // While a statement is half written, what was found before stays on the screen.
    if (!isCurrent || analysis === undefined || analysis.version !== version) return;
    await this.#connection.sendDiagnostics({ uri, version, diagnostics: this.diagnosticsOf(uri, analysis) });
  }

  /** What an analysis gives the editor to show; nothing where somebody else lints the document. */
  diagnosticsOf(uri: string, { verdict, findings }: DocumentAnalysis): Diagnostic[] {
    if (this.tellsStates) {
      const { rules: _, ...state } = verdict;
      void this.#connection.sendNotification(stateNotification, { uri, ...state } satisfies LintState);
    } else if (verdict.error !== undefined) {
      this.#connection.console.warn(`${verdict.config ?? uri} is not honoured: ${verdict.error}`);
    }
    return verdict.by === 'us' ? findings.map((finding) => toDiagnostic(finding, uri)) : [];
  }

  /** Checks a file that need not be open, and shows what is found. @returns how many problems */
  async check(document: TextDocument): Promise<number> {
    const { uri } = document;
    const open = this.#documents.get(uri);
    try {
      const analysis = await (open ? this.#analyses.of(open) : this.#analyses.analyze(document));
      const findings = analysis?.verdict.by === 'us' ? analysis.findings : [];
      const isOpen = this.#documents.get(uri) !== undefined;
      if (!isOpen && (findings.length > 0 || this.#closed.has(uri))) {
        this.#closed.add(uri);
        const diagnostics = findings.map((finding) => toDiagnostic(finding, uri));
        await this.#connection.sendDiagnostics({ uri, diagnostics });
      }
      return findings.length;
    } catch (error) {
      this.#log(uri, error);
      return 0;
    }
  }

  /** Whether a file has diagnostics from a check of the workspace. */
  isShown(uri: string): boolean {
    return this.#closed.has(uri);
  }

  /** Takes away what was found in a document or file. */
  async clear(uri: string): Promise<void> {
    this.#closed.delete(uri);
    await this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #log(uri: string, error: unknown): void {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#connection.console.error(`${uri}: ${words}`);
  }
}
