import { statSync } from 'node:fs';
import { ConfigProcess } from './config-client.js';
import { findConfig, mentionsPlugin, type EslintConfigFile } from './find-config.js';
import type { OwnRules } from './messages.js';

/** What the workspace's configuration of ESLint says about our rules in a file. */
export type ConfigAnswer =
  /** There is none, or it does not have them. */
  | { readonly kind: 'none' }
  | { readonly kind: 'rules'; readonly file: string; readonly rules: OwnRules }
  /** It could not be read, or may not be. */
  | { readonly kind: 'unread'; readonly file: string; readonly why: string; readonly mentionsUs: boolean };

const UNTRUSTED = 'the workspace is not trusted, and a configuration of ESLint is code';

/** Asks the configurations of a workspace; each is loaded once until its file changes. */
export class EslintConfigs {
  /** Whether code of the workspace may run. */
  isTrusted = false;
  readonly #processes = new Map<string, { readonly changedAt: number; readonly process: ConfigProcess }>();

  /** @param root the folder above which nothing is looked for */
  async ask(filename: string, root: string): Promise<ConfigAnswer> {
    const config = findConfig(filename, root);
    if (config === undefined) return { kind: 'none' };
    const { file } = config;
    if (!this.isTrusted) {
      return mentionsPlugin(config)
        ? { kind: 'unread', file, why: UNTRUSTED, mentionsUs: true }
        : { kind: 'none' };
    }
    try {
      const rules = await this.#processFor(config).rulesFor(filename);
      return rules === null ? { kind: 'none' } : { kind: 'rules', file, rules };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { kind: 'unread', file, why, mentionsUs: mentionsPlugin(config) };
    }
  }

  /** A configuration, or what it may be made of, has changed. */
  forget(): void {
    for (const { process } of this.#processes.values()) process.stop();
    this.#processes.clear();
  }

  #processFor(config: EslintConfigFile): ConfigProcess {
    const known = this.#processes.get(config.file);
    const changedAt = statSync(config.file).mtimeMs;
    if (known?.changedAt === changedAt) return known.process;
    known?.process.stop();
    const process = new ConfigProcess(config);
    this.#processes.set(config.file, { changedAt, process });
    return process;
  }
}
