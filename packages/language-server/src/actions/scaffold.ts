import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { OwnRules } from '../config/messages.js';
import { toRange } from '../lint/diagnostics.js';
import { analyzeFile, type FileAnalysis, type LintedFile } from '../lint/linter.js';
import type { Scaffold, ScaffoldAnswer } from '../protocol.js';
import { toTextEdit } from './text-edits.js';

/** The rule whose fix writes the graceful shutdown. */
export const scaffoldRule = 'graceful-shutdown/require-signal-handlers';

/** The graceful shutdowns that could be written into a document, whether or not the rule is on. */
export function findScaffolds(document: TextDocument, file: LintedFile, rules: OwnRules): ScaffoldAnswer {
  const configured = rules[scaffoldRule];
  const options: unknown = Array.isArray(configured) ? configured[1] : undefined;
  const rule = ['error', { ...(options as object | undefined), fix: 'autofix' }];
  const analysis = analyzeFile(file, { [scaffoldRule]: rule }, { withFixes: true });
  const servers = analysis?.lifecycle?.servers ?? [];
  const byText = new Map<string, Scaffold>();
  for (const { fix, line, messageId } of analysis?.findings ?? []) {
    if (fix === undefined || messageId !== 'none') continue;
    // Servers that one shutdown closes together have one edit.
    const server = servers.find(({ listen }) => listen.loc.start.line <= line && line <= listen.loc.end.line);
    if (server === undefined || byText.has(fix.text)) continue;
    byText.set(fix.text, {
      range: toRange(server.listen.loc),
      framework: server.framework.id,
      edit: toTextEdit(document, fix),
    });
  }
  if (byText.size > 0) return { scaffolds: [...byText.values()], version: document.version };
  return { scaffolds: [], why: whyNone(analysis) };
}

function whyNone(analysis: FileAnalysis | undefined): string {
  if (analysis === undefined) return 'The file cannot be parsed: correct its syntax first.';
  const { lifecycle, findings } = analysis;
  const [server] = lifecycle?.servers ?? [];
  if (lifecycle === null || server === undefined) return 'No server starts to listen in this file.';
  const signals = lifecycle.handlers.flatMap((handler) => handler.signals ?? []);
  if (signals.length > 0) return `This server handles ${[...new Set(signals)].join(' and ')} already.`;
  const [unknown] = lifecycle.unknown;
  if (unknown !== undefined) return `It cannot be told whether this server handles signals: ${unknown.why}.`;
  if (findings.length === 0)
    return 'This server needs no shutdown of its own: it is a test, a tool, or its framework handles the signals.';
  if (lifecycle.isCluster())
    return 'This server may be one of a cluster, whose primary process needs a part of the shutdown of its own.';
  if (lifecycle.listensElsewhere())
    return 'Another module of this process may start a server too: write one shutdown that closes both.';
  return 'There is no place in this file where the server could be named: give what listen() returns a name.';
}
