import { Location, MarkdownString, Position, TestMessage, Uri, type TestItem } from 'vscode';
import type { CheckResult } from 'sigterm';
import type { ScenarioResult } from '../core/scenario-results.js';
import type { Failure } from '../simulation/messages.js';

type Describe = Pick<typeof import('sigterm'), 'describeCheck' | 'checkTitles'>;

const signs: Readonly<Record<CheckResult['status'], string>> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  skip: '–',
  info: 'i',
};

/** What was asked about a scenario with its answers, a line for each. */
export function linesOf(
  result: ScenarioResult | undefined,
  { checkTitles, describeCheck }: Describe,
): string {
  return (result?.checks ?? [])
    .map((check) => `${signs[check.status]} ${checkTitles[check.id]}: ${describeCheck(check).text}\n`)
    .join('');
}

/** What a check has found, at the line that it blames, with all else that was found in its scenario. */
export function failureOf(
  check: CheckResult,
  result: ScenarioResult,
  item: TestItem,
  describe: Describe,
): TestMessage {
  const { text, advice } = describe.describeCheck(check);
  const markdown = new MarkdownString(
    `**${escapeMarkdown(describe.checkTitles[check.id])}**: ${escapeMarkdown(text)}`,
  );
  if (advice !== undefined) markdown.appendMarkdown(`\n\n${escapeMarkdown(advice)}`);
  markdown.appendCodeblock(linesOf(result, describe).trimEnd(), 'text');
  const { place } = check;
  if (place === undefined || place.what === 'start') return at(item, markdown);
  const message = new TestMessage(markdown);
  const start = new Position(place.line - 1, (place.column ?? 1) - 1);
  message.location = new Location(Uri.file(place.file), start);
  return message;
}

/** Why a server could not be judged. */
export function errorOf({ message, advice, lastOutput }: Failure, item: TestItem): TestMessage {
  const markdown = new MarkdownString(escapeMarkdown(message));
  if (advice !== undefined) markdown.appendMarkdown(`\n\n${escapeMarkdown(advice)}`);
  if (lastOutput !== undefined && lastOutput.trim() !== '') markdown.appendCodeblock(lastOutput);
  return at(item, markdown);
}

/** A terminal begins a line only after a carriage return. */
export function toTerminal(text: string): string {
  return text.replaceAll(/\r?\n/g, '\r\n');
}

/** At the mark of the item's server. */
function at({ uri, parent }: TestItem, text: MarkdownString): TestMessage {
  const message = new TestMessage(text);
  if (uri !== undefined && parent?.range !== undefined) message.location = new Location(uri, parent.range);
  return message;
}

/** Only what means something within a line: beside the line of the source the text is shown with its backslashes. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*[\]<>~]|\b_|_\b/g, '\\$&');
}
