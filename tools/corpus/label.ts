import { readFileSync } from 'node:fs';

/** What a label says of a handler: `n/a` where the question does not arise. */
export type Answer = 'yes' | 'no' | 'n/a';

/** One place where a public project starts to listen, judged by reading its code across files. */
export interface Label {
  /** `owner/name` on GitHub. */
  readonly repo: string;
  readonly commit?: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Of the listen call, from 1. */
  readonly line: number;
  readonly framework: string;
  /** False for tests and one-shot helpers, which need no graceful shutdown. */
  readonly long_lived: boolean;
  readonly sigterm: Answer;
  readonly sigint: Answer;
  /** Whether the handler stops this very server. */
  readonly closes_server: Answer;
  /** Whether the drain is bounded in code. */
  readonly drain_timeout: Answer;
  readonly exit_before_close: boolean;
  /** Where the handler stands, from the root of the repository. */
  readonly handler_file: string | null;
  readonly note?: string;
  readonly confidence?: string;
}

/** What can be wrong with the shutdown of a server. */
export const DEFECTS = ['no-signal-handling', 'never-closes', 'no-drain-timeout', 'exits-early'] as const;
export type Defect = (typeof DEFECTS)[number];

/** What is wrong at a site, empty for a correct one and for one that is not meant to live long. */
export function defectsOf(label: Label): Defect[] {
  if (!label.long_lived) return [];
  const isHandled = label.sigterm === 'yes' || label.sigint === 'yes';
  const has: Record<Defect, boolean> = {
    'no-signal-handling': label.sigterm === 'no' || label.sigint === 'no',
    'never-closes': isHandled && label.closes_server === 'no',
    'no-drain-timeout': label.closes_server === 'yes' && label.drain_timeout === 'no',
    'exits-early': label.exit_before_close,
  };
  return DEFECTS.filter((defect) => has[defect]);
}

/** The labels in a file with one JSON object a line. */
export function readLabels(file: string): Label[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Label);
}
