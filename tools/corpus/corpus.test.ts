import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Label } from './label.js';
import type { LintedFile, Report } from './lint-clone.js';
import { matchReports } from './match.js';
import { toText } from './print.js';
import { runCorpus } from './run-corpus.js';
import { isFalseAlarm, isMiss, scoreOf } from './score.js';

const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const unhandled: Label = {
  repo: 'one/plain',
  file: 'server.js',
  line: 3,
  framework: 'express',
  long_lived: true,
  sigterm: 'no',
  sigint: 'no',
  closes_server: 'n/a',
  drain_timeout: 'n/a',
  exit_before_close: false,
  handler_file: null,
};
const bounded: Label = {
  ...unhandled,
  repo: 'two/graceful',
  file: 'src/server.ts',
  line: 5,
  sigterm: 'yes',
  sigint: 'yes',
  closes_server: 'yes',
  drain_timeout: 'yes',
  handler_file: 'src/server.ts',
};

describe('the runner', () => {
  it('lints clones in both layouts, whatever they disable themselves', async () => {
    write('one+plain/server.js', [
      '/* eslint-disable */',
      "const app = require('express')();",
      'app.listen(3000);',
      "app.get('/', (req, res) => res.send('hello'));",
    ]);
    write('one+plain/eslint.config.js', ["throw new Error('not to be loaded');"]);
    write('two/graceful/src/server.ts', [
      "import express from 'express';",
      '',
      'const app = express();',
      'const port: number = 3000;',
      'const server = app.listen(port);',
      'function stop(): void {',
      '  server.close(() => process.exit(0));',
      '  setTimeout(() => process.exit(1), 5000).unref();',
      '}',
      "process.on('SIGTERM', stop);",
      "process.on('SIGINT', stop);",
    ]);
    write('two/graceful/src/broken.ts', ['const = 3;']);
    write(
      'labels.jsonl',
      [unhandled, bounded, { ...unhandled, repo: 'not/cloned' }].map((label) => JSON.stringify(label)),
    );

    const result = await runCorpus({ folder, all: true });

    expect(result.score).toMatchObject({
      sites: 2,
      defective: 1,
      hits: 1,
      misses: 0,
      falseAlarms: 0,
      precision: 1,
      recall: 1,
    });
    expect(result.crashes).toEqual([]);
    expect(result.unread.map(({ file }) => file)).toEqual(['src/broken.ts']);
    expect(result.notes).toEqual(['not/cloned: no clone, 1 sites left out']);
    expect(toText(result)).toContain('2 sites, 1 of them defective: 1 hits, 0 misses, 0 false alarms');
  });
});

describe('a report', () => {
  it('counts for the nearest site within a line', () => {
    const other = { ...unhandled, line: 4 };
    const { sites, elsewhere } = matchReports(
      [unhandled, other],
      linted('server.js', [{ line: 4 }, { line: 9 }]),
    );
    expect(sites.map(({ reports }) => reports.length)).toEqual([0, 1]);
    expect(elsewhere).toHaveLength(1);
  });

  it('at a handler counts for the servers it fails', () => {
    const failed = {
      ...bounded,
      repo: unhandled.repo,
      drain_timeout: 'no',
      handler_file: 'stop.js',
    } as const;
    const kept = { ...failed, file: 'other.js', drain_timeout: 'yes' } as const;
    const { sites } = matchReports([failed, kept], linted('stop.js', [{ line: 30 }]));
    expect(sites.map(({ reports }) => reports.length)).toEqual([1, 0]);
  });

  it('at a handler counts for the servers it names', () => {
    const failed = {
      ...bounded,
      repo: unhandled.repo,
      drain_timeout: 'no',
      handler_file: 'stop.js',
    } as const;
    const kept = { ...failed, file: 'other.js', drain_timeout: 'yes' } as const;
    const message = 'The handler of the server at other.js:5 never ends.';
    const { sites } = matchReports([failed, kept], linted('stop.js', [{ line: 30, message }]));
    expect(sites.map(isMiss)).toEqual([true, false]);
    expect(sites.map(isFalseAlarm)).toEqual([false, true]);
  });

  it('on a server that is not meant to live long is a false alarm', () => {
    const brief = { ...unhandled, long_lived: false };
    const { sites } = matchReports([brief], linted('server.js', [{ line: 3 }]));
    expect(scoreOf(sites, [], ['require-signal-handlers'])).toMatchObject({
      defective: 0,
      falseAlarms: 1,
      precision: 0,
      recall: null,
      byRule: [{ rule: 'require-signal-handlers', hits: 0, misses: 0, falseAlarms: 1 }],
    });
  });

  it('of another rule is a hit, but not by the rule of the defect', () => {
    const { sites } = matchReports(
      [unhandled],
      linted('server.js', [{ line: 3, rule: 'require-drain-timeout' }]),
    );
    const { byDefect, hits } = scoreOf(sites, [], []);
    expect(hits).toBe(1);
    expect(byDefect.map(({ hits, byOwnRule, falseAlarms }) => [hits, byOwnRule, falseAlarms])).toEqual([
      [1, 0, 0],
      [0, 0, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });
});

function linted(file: string, reports: (Partial<Report> & { line: number })[]): LintedFile[] {
  const { repo } = unhandled;
  const full = reports.map((report) => ({
    repo,
    file,
    rule: 'require-signal-handlers',
    message: '',
    ...report,
  }));
  return [{ repo, file, reports: full, reasons: [] }];
}

function write(file: string, lines: string[]): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`);
}
