import { createHash } from 'node:crypto';
import type { Verdict } from '../../judge.js';
import { escapeMarkup } from '../escape.js';
import { headlines } from './report.js';
import { script } from './script.js';
import { style } from './style.js';
import { theme } from './theme.js';

/** The parts of a page; header and main are markup. */
export interface Page {
  readonly verdict: Verdict;
  readonly target: string;
  readonly header: string;
  readonly main: string;
  readonly footer: string;
}

/** A whole page with everything in it, which lets nothing else in. */
export function pageOf({ verdict, target, header, main, footer }: Page): string {
  const look = theme + style;
  const code = `${script}
addEventListener('beforeprint', () => { for (const one of document.querySelectorAll('details')) one.open = true; });
`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash(look)}'; script-src 'sha256-${hash(code)}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(`${headlines[verdict]}: ${target}`)}</title>
<style>${look}</style>
</head>
<body>
<header>
${header}
</header>
<main>
${main}
</main>
<footer>${escapeMarkup(footer)}</footer>
<script>${code}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
