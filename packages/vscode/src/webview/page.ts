import type { Comparison, Report, SimulateOptions, TimelineEvent } from 'sigterm';
import type * as Drawing from 'sigterm/html';
import type { Translate } from '../core/translate.js';
import type { Failure } from '../simulation/messages.js';
import { pageScript } from './script.js';
import { theme } from './theme.js';

/** What the page shows. */
export type Content =
  | { readonly type: 'running'; readonly line: string }
  | { readonly type: 'report'; readonly report: Report; readonly hasPrevious: boolean }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'cancelled' }
  | {
      readonly type: 'comparison';
      readonly comparison: Comparison;
      readonly before: Report;
      readonly after: Report;
    };

/** What the buttons ask the extension for. */
export type Action =
  | 'stop'
  | 'runAgain'
  | 'simulateWith'
  | 'showOutput'
  | 'compare'
  | 'showReport'
  | 'exportHtml'
  | 'exportJson';

/** What the page says to the extension. */
export type FromPage =
  { readonly type: Action } | { readonly type: 'open'; readonly file: string; readonly line: number };

/** What the extension says to the page of a run that goes on. */
export interface ToPage {
  readonly type: 'progress';
  readonly line: string;
  /** The timeline so far. */
  readonly figure?: string;
}

/** What the page is given beside its content. */
export interface Page {
  readonly content: Content;
  /** The target, as the user knows it. */
  readonly title: string;
  /** What the panel is restored by after a reload of the window. */
  readonly target: string;
  /** Marks what is ours; the browser ignores every other style and script. */
  readonly nonce: string;
  /** Whether a click on a file leads there. */
  readonly canOpen: (file: string) => boolean;
  readonly drawing: typeof Drawing;
  readonly t: Translate;
}

/** The page of a target: its run, its report, or why there is none. Nothing in it is from elsewhere. */
export function renderPage(page: Page): string {
  const { content, title, nonce, drawing } = page;
  const { escapeMarkup, script, style } = drawing;
  const state = { target: page.target, page: pageOf(content) };
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style nonce="${nonce}">${style}${theme}</style>
</head>
<body data-state="${escapeMarkup(JSON.stringify(state))}">
<nav class="toolbar">${buttonsOf(page)}</nav>
<p class="target">${escapeMarkup(title)}</p>
${bodyOf(page)}
<script nonce="${nonce}">${script}</script>
<script nonce="${nonce}">${pageScript}</script>
</body>
</html>`;
}

/** The same as long as the same is shown, so that what was zoomed and opened is not applied to something else. */
function pageOf(content: Content): string {
  if (content.type === 'report') return `report ${content.report.recording.startedAt}`;
  if (content.type === 'comparison') return `comparison ${content.after.recording.startedAt}`;
  return content.type;
}

function buttonsOf({ content, drawing, t }: Page): string {
  const button = (action: Action, text: string, isPrimary = false) =>
    `<button type="button" data-action="${action}"${isPrimary ? ' class="primary"' : ''}>${drawing.escapeMarkup(text)}</button>`;
  const output = button('showOutput', t('Show Output'));
  if (content.type === 'running') return button('stop', t('Stop'), true) + output;
  const again = button('runAgain', t('Run Again'), true) + button('simulateWith', t('Simulate…'));
  if (content.type === 'comparison') return again + button('showReport', t('Back to the Report')) + output;
  if (content.type !== 'report') return again + output;
  const compare = content.hasPrevious ? button('compare', t('Compare with Previous')) : '';
  const exports = button('exportHtml', t('Export HTML')) + button('exportJson', t('Export JSON'));
  return again + compare + output + exports;
}

function bodyOf({ content, drawing, canOpen, t }: Page): string {
  const { escapeMarkup, renderComparison, renderHeader, renderRuns } = drawing;
  switch (content.type) {
    case 'running':
      return `<h1>${escapeMarkup(t('Running…'))}</h1><p class="now" role="status">${escapeMarkup(content.line)}</p><div class="live"></div>`;
    case 'report':
      return `<header>${renderHeader(content.report)}</header><main>${renderRuns(content.report, { canOpen })}</main>`;
    case 'comparison':
      return renderComparison(content.comparison, content.before, content.after);
    case 'cancelled':
      return `<h1>${escapeMarkup(t('Stopped'))}</h1><p class="summary">${escapeMarkup(t('The simulation was stopped before there was a result. Nothing of it is running any more.'))}</p>`;
    case 'failed': {
      const { message, advice, lastOutput = '' } = content.failure;
      const help = advice === undefined ? '' : `<p class="advice">${escapeMarkup(advice)}</p>`;
      const output =
        lastOutput.trim() === ''
          ? ''
          : `<h2>${escapeMarkup(t('What the server printed last'))}</h2><pre>${escapeMarkup(lastOutput)}</pre>`;
      return `<h1 class="unknown">${escapeMarkup(t('Could not be judged'))}</h1><p class="summary">${escapeMarkup(message)}</p>${help}${output}`;
    }
  }
}

/** What a run that goes on has to show so far. */
export function toProgress(
  line: string,
  options: SimulateOptions,
  events: readonly TimelineEvent[],
  { renderSoFar }: Pick<typeof Drawing, 'renderSoFar'>,
): ToPage {
  const figure = renderSoFar(options, events);
  return { type: 'progress', line, ...(figure === undefined ? {} : { figure }) };
}
