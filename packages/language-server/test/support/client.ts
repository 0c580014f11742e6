import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import type { LintState } from '../../src/protocol.js';

const command = fileURLToPath(new URL('../../bin/graceful-shutdown-language-server.js', import.meta.url));

/** Ends a wait for what never comes. */
const LIMIT_MS = 60_000;

/** How the server is started. */
export interface StartOptions {
  /** The folders that are open. */
  readonly folders?: readonly string[];
  readonly initializationOptions?: object;
  readonly capabilities?: ClientCapabilities;
  /** What `workspace/configuration` answers, by section. */
  readonly settings?: Record<string, unknown>;
}

/** An editor, as far as the server can see: it speaks the protocol with the real command over its pipes. */
export class Client {
  readonly diagnostics = new Map<string, { diagnostics: Diagnostic[]; version: number | undefined }>();
  readonly states = new Map<string, LintState>();
  readonly edits: WorkspaceEdit[] = [];
  readonly shownDocuments: string[] = [];
  readonly messages: string[] = [];
  readonly settings: Record<string, unknown>;
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  initialized!: InitializeResult;
  #version = 1;

  private constructor(process: ChildProcess, connection: ProtocolConnection, options: StartOptions) {
    this.process = process;
    this.connection = connection;
    this.settings = options.settings ?? {};
  }

  /** Starts the server and opens the folders. */
  static async start(options: StartOptions = {}): Promise<Client> {
    const child = spawn(process.execPath, [command, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createProtocolConnection(child.stdout, child.stdin);
    const client = new Client(child, connection, options);
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics, version }) => {
      client.diagnostics.set(uri, { diagnostics, version });
    });
    connection.onNotification('gracefulShutdown/state', (state: LintState) => {
      client.states.set(state.uri, state);
    });
    connection.onNotification('window/showMessage', ({ message }) => void client.messages.push(message));
    connection.onNotification('window/logMessage', ({ message }) => void client.messages.push(message));
    connection.onRequest('workspace/configuration', ({ items }) =>
      items.map(({ section }: { section: string }) => client.settings[section] ?? null),
    );
    connection.onRequest('workspace/applyEdit', ({ edit }) => {
      client.edits.push(edit);
      return { applied: true };
    });
    connection.onRequest('window/showDocument', ({ uri }) => {
      client.shownDocuments.push(uri);
      return { success: true };
    });
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('client/registerCapability', () => null);
    connection.listen();
    client.initialized = await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: (options.folders ?? []).map((folder) => ({
        uri: pathToFileURL(folder).href,
        name: 'folder',
      })),
      capabilities: options.capabilities ?? {},
      initializationOptions: options.initializationOptions,
    });
    await connection.sendNotification('initialized', {});
    return client;
  }

  async open(uri: string, text: string, languageId = 'javascript'): Promise<void> {
    this.#version += 1;
    const textDocument = { uri, languageId, version: this.#version, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Replaces the whole text; gives the version. */
  async change(uri: string, text: string): Promise<number> {
    this.#version += 1;
    const textDocument = { uri, version: this.#version };
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument,
      contentChanges: [{ text }],
    });
    return this.#version;
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Waits until what is published for a document is as wanted. */
  async published(uri: string, isWanted: (diagnostics: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    return until(`diagnostics of ${uri}`, () => {
      const found = this.diagnostics.get(uri)?.diagnostics;
      return found !== undefined && isWanted(found) ? found : undefined;
    });
  }

  async codeActions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    const context = { diagnostics: [], ...(only && { only }) };
    return (
      (await this.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context,
      })) ?? []
    );
  }

  execute(command: string, ...args: unknown[]): Promise<unknown> {
    return this.connection.sendRequest('workspace/executeCommand', { command, arguments: args });
  }

  /** Ends the server as an editor does. @returns the exit code */
  async stop(): Promise<number | null> {
    const exited = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = (await exited) as [number | null];
    this.connection.dispose();
    return code;
  }
}

/** Waits for a condition. */
export async function until<Value>(
  what: string,
  read: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  const end = Date.now() + LIMIT_MS;
  while (Date.now() < end) {
    const value = await read();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** The text with the edits of a document applied. */
export function applyEdit(text: string, edit: WorkspaceEdit | undefined): string {
  const lineStarts = [0];
  for (const { index } of text.matchAll(/\n/g)) lineStarts.push(index + 1);
  const offset = ({ line, character }: { line: number; character: number }) =>
    (lineStarts[line] ?? text.length) + character;
  const edits = Object.values(edit?.changes ?? {}).flat();
  return edits
    .toSorted((one, other) => offset(other.range.start) - offset(one.range.start))
    .reduce(
      (changed, { range, newText }) =>
        changed.slice(0, offset(range.start)) + newText + changed.slice(offset(range.end)),
      text,
    );
}
