import type { Connection } from 'vscode-languageserver/node';
import type { InitializationOptions, LintMode } from './protocol.js';

/** The settings that hold for one document. */
export interface LintSettings {
  readonly lint: LintMode;
  readonly rules: Readonly<Record<string, unknown>>;
  /** Whether the ESLint extension is on for it. */
  readonly isEslintEnabled: boolean;
}

/** Asks the editor for settings, once for each document until they change. */
export class Settings {
  readonly #connection: Connection;
  readonly #byUri = new Map<string, Promise<LintSettings>>();
  /** What holds where the editor cannot be asked. */
  initial: InitializationOptions = {};
  canAsk = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  of(uri: string): Promise<LintSettings> {
    let settings = this.#byUri.get(uri);
    if (settings === undefined) this.#byUri.set(uri, (settings = this.#ask(uri)));
    return settings;
  }

  /** Settings have changed. */
  forget(): void {
    this.#byUri.clear();
  }

  /** The patterns of files that the editor does not show. */
  async excluded(uri: string): Promise<Readonly<Record<string, unknown>>> {
    if (!this.canAsk) return {};
    const excluded: unknown = await this.#connection.workspace.getConfiguration({
      scopeUri: uri,
      section: 'files.exclude',
    });
    return isRecord(excluded) ? excluded : {};
  }

  async #ask(uri: string): Promise<LintSettings> {
    const [lint, rules, eslint]: unknown[] = this.canAsk
      ? await this.#connection.workspace.getConfiguration(
          ['gracefulShutdown.lint', 'gracefulShutdown.rules', 'eslint.enable'].map((section) => ({
            scopeUri: uri,
            section,
          })),
        )
      : [];
    return {
      lint: isLintMode(lint) ? lint : (this.initial.lint ?? 'auto'),
      rules: isRecord(rules) ? rules : (this.initial.rules ?? {}),
      isEslintEnabled: eslint !== false,
    };
  }
}

function isLintMode(value: unknown): value is LintMode {
  return value === 'auto' || value === 'on' || value === 'off';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
