import { join } from 'node:path';
import { findClone, findHead, sourceFiles } from './clones.js';
import { readLabels, type Label } from './label.js';
import { lintClone, type LintedFile, type Report } from './lint-clone.js';
import { matchReports, type Site } from './match.js';
import { scoreOf, type Score } from './score.js';

export interface CorpusOptions {
  /** The folder with the clones. */
  readonly folder: string;
  /** `labels.jsonl` in that folder, if not given. */
  readonly labels?: string | undefined;
  /** Every source file of each labelled clone, not only those with a labelled site or handler. */
  readonly all?: boolean;
  /** Only repositories whose name contains this. */
  readonly only?: string | undefined;
}

export interface CorpusResult {
  readonly score: Score;
  readonly sites: readonly Site[];
  /** Reports at places that carry no label. */
  readonly elsewhere: readonly Report[];
  readonly crashes: readonly LintedFile[];
  /** Files that could not be parsed or found. */
  readonly unread: readonly LintedFile[];
  /** Repositories without a clone, and clones at another commit than the labelled one. */
  readonly notes: readonly string[];
}

/** Lints labelled servers and says where the linter and the labels differ. */
export async function runCorpus(options: CorpusOptions): Promise<CorpusResult> {
  const labels = readLabels(options.labels ?? join(options.folder, 'labels.jsonl')).filter(({ repo }) =>
    repo.includes(options.only ?? ''),
  );
  const notes: string[] = [];
  const files: LintedFile[] = [];
  const judged: Label[] = [];
  for (const repo of new Set(labels.map((label) => label.repo))) {
    const own = labels.filter((label) => label.repo === repo);
    const clone = findClone(options.folder, repo);
    if (!clone) {
      notes.push(`${repo}: no clone, ${own.length} sites left out`);
      continue;
    }
    const head = findHead(clone);
    const commit = own[0]?.commit;
    if (head && commit && head !== commit)
      notes.push(`${repo}: at ${head.slice(0, 10)}, labelled at ${commit.slice(0, 10)}`);
    judged.push(...own);
    const labelled = own.flatMap(({ file, handler_file }) => (handler_file ? [file, handler_file] : [file]));
    files.push(
      ...(await lintClone(clone, [...new Set([...labelled, ...(options.all ? sourceFiles(clone) : [])])])),
    );
  }
  const { sites, elsewhere } = matchReports(judged, files);
  const { rules } = (await import('eslint-plugin-graceful-shutdown')).default;
  return {
    score: scoreOf(sites, elsewhere, Object.keys(rules ?? {})),
    sites,
    elsewhere,
    crashes: files.filter(({ crash }) => crash !== undefined),
    unread: files.filter(({ unread }) => unread !== undefined),
    notes,
  };
}
