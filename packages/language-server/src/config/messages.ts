import type { EslintConfigFile } from './find-config.js';

/** What is asked of the process that loads configurations. */
export interface RulesRequest {
  readonly id: number;
  readonly config: EslintConfigFile;
  readonly filename: string;
}

/** What it answers: our rules as the configuration has them for the file, null where it has none of them. */
export interface RulesResponse {
  readonly id: number;
  readonly rules?: OwnRules | null;
  readonly error?: string;
}

/** Severity and options of our rules, by their names with the prefix `graceful-shutdown/`. */
export type OwnRules = Readonly<Record<string, unknown>>;
