import { join } from 'node:path';
import {
  Disposable,
  l10n,
  languages as vscodeLanguages,
  TestRunProfileKind,
  tests,
  workspace,
  type CancellationToken,
  type TestRunProfile,
  type TestRunRequest,
  type TextDocument,
} from 'vscode';
import { languages } from '../contributions.js';
import { packageFolder } from '../core/package-folder.js';
import type { LinterClient } from './linter-client.js';
import type { Simulations } from './simulations.js';
import { configFiles, type Targets } from './targets.js';
import { runTests, type TestRunParts } from './test-run.js';
import { TestServers, type TestServer } from './test-servers.js';
import { TestTree, type Work } from './test-tree.js';

/** How long after the last change something is looked at again. */
const settleMs = 500;

/** Shows each server of the workspace with its scenarios as tests, which are run by starting and stopping it. */
export class TestExplorer implements Disposable {
  readonly controller = tests.createTestController('gracefulShutdown', l10n.t('Graceful Shutdown'));
  readonly profile: TestRunProfile;
  readonly #parts: TestRunParts;
  readonly #servers: TestServers;
  readonly #tree = new TestTree(this.controller);
  readonly #changes = new Map<string, NodeJS.Timeout>();
  readonly #disposables: Disposable[];

  constructor(targets: Targets, simulations: Simulations, linter: LinterClient) {
    this.#parts = { targets, simulations };
    this.#servers = new TestServers(targets, linter);
    this.controller.resolveHandler = (item) => (item === undefined ? this.#servers.discover() : undefined);
    this.controller.refreshHandler = (cancellation) => this.#servers.discover(cancellation);
    this.profile = this.controller.createRunProfile(
      l10n.t('Simulate'),
      TestRunProfileKind.Run,
      (request, cancellation) => this.#onRequest(request, cancellation),
      true,
      undefined,
      true,
    );
    const declarations = workspace.createFileSystemWatcher(`**/{package.json,${configFiles.join(',')}}`);
    const onDeclaration = () => {
      if (this.#servers.hasDeclared) this.#later('declared', () => this.#servers.lookAtDeclared());
    };
    this.#disposables = [
      this.controller,
      this.#servers,
      declarations,
      declarations.onDidChange(onDeclaration),
      declarations.onDidCreate(onDeclaration),
      declarations.onDidDelete(onDeclaration),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('launch')) onDeclaration();
      }),
      workspace.onDidChangeWorkspaceFolders(onDeclaration),
      this.#servers.onDidChange(() => void this.#show()),
      workspace.onDidGrantWorkspaceTrust(() => {
        this.#lookAtOpen();
      }),
      workspace.onDidOpenTextDocument((document) => void this.#lookAt(document)),
      workspace.onDidChangeTextDocument(({ document }) => {
        this.#later(document.uri.toString(), () => this.#lookAt(document));
      }),
      workspace.onDidDeleteFiles(({ files }) => {
        for (const file of files) this.#servers.remove(file);
      }),
    ];
    this.#lookAtOpen();
  }

  dispose(): void {
    for (const timeout of this.#changes.values()) clearTimeout(timeout);
    for (const one of this.#disposables) one.dispose();
  }

  #lookAtOpen(): void {
    for (const document of workspace.textDocuments) void this.#lookAt(document);
  }

  async #lookAt(document: TextDocument): Promise<void> {
    if (vscodeLanguages.match([...languages], document) > 0) await this.#servers.look(document.uri);
  }

  #later(key: string, look: () => Promise<void>): void {
    clearTimeout(this.#changes.get(key));
    const due = () => {
      this.#changes.delete(key);
      void look();
    };
    this.#changes.set(key, setTimeout(due, settleMs));
  }

  async #show(): Promise<void> {
    const { scenarios } = await import('sigterm');
    this.#tree.show(this.#servers.all(), scenarios, this.#servers.problem);
  }

  async #onRequest(request: TestRunRequest, cancellation: CancellationToken): Promise<void> {
    if (request.continuous === true) this.#runOnSave(request, cancellation);
    else await this.#run(request, this.#tree.collect(request), cancellation);
  }

  /** Runs again what a saved file may have changed, until the user turns it off. */
  #runOnSave(request: TestRunRequest, cancellation: CancellationToken): void {
    let isRunning = false;
    const saved = new Set<string>();
    const run = async () => {
      if (isRunning) return;
      isRunning = true;
      while (saved.size > 0 && !cancellation.isCancellationRequested) {
        const folders = [...saved].map(packageFolder);
        saved.clear();
        const work = this.#tree.collect(request).filter(({ server }) => folders.includes(folderOf(server)));
        if (work.length > 0) await this.#run(request, work, cancellation);
      }
      isRunning = false;
    };
    const watching = workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.scheme !== 'file') return;
      saved.add(uri.fsPath);
      void run();
    });
    cancellation.onCancellationRequested(() => {
      watching.dispose();
    });
  }

  async #run(
    request: TestRunRequest,
    works: readonly Work[],
    cancellation: CancellationToken,
  ): Promise<void> {
    await runTests(this.controller.createTestRun(request), works, this.#parts, cancellation);
  }
}

/** The folder of a server's package. */
function folderOf({ found: { file, cwd } }: TestServer): string {
  return packageFolder(file ?? join(cwd, 'package.json'));
}
