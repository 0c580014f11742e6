import { isAbsolute } from 'node:path';
import plugin from 'eslint-plugin-graceful-shutdown';
import type { EslintConfigs } from '../config/eslint-configs.js';
import type { OwnRules } from '../config/messages.js';
import type { LintState } from '../protocol.js';
import type { Settings } from '../settings.js';

const PREFIX = 'graceful-shutdown/';

/** The rules that hold where nobody says anything else. */
export const recommended: OwnRules = plugin.configs.recommended.rules ?? {};

/** Who lints a document, and by which rules. */
export interface Verdict extends Omit<LintState, 'uri'> {
  readonly rules: OwnRules;
}

/** A document, as far as it matters for who lints it. */
export interface Subject {
  readonly uri: string;
  /** Absolute where it is a file. */
  readonly filename: string;
  readonly root: string;
}

/** Decides who lints a document, and by which rules: ESLint's configuration comes before our own setting. */
export class Rulebook {
  /** Whether the editor shows ESLint's own problems. */
  eslintRuns = false;
  readonly #settings: Settings;
  readonly #configs: EslintConfigs;
  readonly #reportedByEslint = new Set<string>();

  constructor(settings: Settings, configs: EslintConfigs) {
    this.#settings = settings;
    this.#configs = configs;
  }

  async verdict({ uri, filename, root }: Subject): Promise<Verdict> {
    const { lint, rules: chosen, isEslintEnabled } = await this.#settings.of(uri);
    const rules = { ...recommended, ...prefixed(chosen) };
    if (lint === 'off') return { by: 'nobody', rules };
    const answer = isAbsolute(filename)
      ? await this.#configs.ask(filename, root)
      : ({ kind: 'none' } as const);
    const config = answer.kind === 'none' ? {} : { config: answer.file };
    const isEslints =
      this.#reportedByEslint.has(uri) ||
      answer.kind === 'rules' ||
      (answer.kind === 'unread' && answer.mentionsUs);
    if (lint === 'auto' && this.eslintRuns && isEslintEnabled && isEslints)
      return { by: 'eslint', rules, ...config };
    if (answer.kind === 'rules') return { by: 'us', rules: answer.rules, ...config };
    return { by: 'us', rules, ...config, ...(answer.kind === 'unread' && { error: answer.why }) };
  }

  /** ESLint has reported a problem of ours: whatever its configuration looks like, it has our plugin. */
  sawEslintReport(uri: string): void {
    this.#reportedByEslint.add(uri);
  }

  /** What was seen may hold no longer: of one document, or of all. */
  forget(uri?: string): void {
    if (uri === undefined) this.#reportedByEslint.clear();
    else this.#reportedByEslint.delete(uri);
  }
}

/** Rules as users write them in a setting, with the prefix or without. */
function prefixed(rules: OwnRules): OwnRules {
  return Object.fromEntries(
    Object.entries(rules)
      .map(([name, entry]) => [name.startsWith(PREFIX) ? name : `${PREFIX}${name}`, entry] as const)
      // An unknown name would make the whole configuration invalid.
      .filter(([name]) => plugin.rules?.[name.slice(PREFIX.length)] !== undefined),
  );
}
