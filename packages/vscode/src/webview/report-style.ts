/** The page's look, in the colours of the user's theme; high contrast themes set them as well. */
export const reportStyle = `
:root {
  --good: var(--vscode-testing-iconPassed, var(--vscode-charts-green));
  --bad: var(--vscode-testing-iconFailed, var(--vscode-charts-red));
  --warn: var(--vscode-charts-yellow);
  --quiet: var(--vscode-descriptionForeground);
  --edge: var(--vscode-panel-border, var(--vscode-contrastBorder));
}
body {
  max-width: 1100px;
  margin: 0;
  padding: 16px 24px 32px;
  color: var(--vscode-foreground);
  background: var(--vscode-editor-background);
  font: var(--vscode-font-weight) var(--vscode-font-size) / 1.5 var(--vscode-font-family);
}
h1 { margin: 2px 0 4px; font-size: 1.9em; font-weight: 600; line-height: 1.2; }
h2 { margin: 28px 0 8px; font-size: 1.1em; font-weight: 600; }
h1.graceful { color: var(--good); }
h1.not-graceful { color: var(--bad); }
h1.unknown { color: var(--warn); }
p { margin: 0; }
.file, dt { color: var(--quiet); }
.summary { font-size: 1.1em; }
.actions { margin: 12px 0; }
a { color: var(--vscode-textLink-foreground); }
.actions a { display: inline-block; padding: 3px 12px; border-radius: 2px; text-decoration: none; }
.actions a { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
.actions a.primary { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
.actions a { border: 1px solid var(--vscode-button-border, transparent); }
.actions a:hover { background: var(--vscode-button-secondaryHoverBackground); }
.actions a.primary:hover { background: var(--vscode-button-hoverBackground); }
a:focus-visible, summary:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; font-family: var(--vscode-editor-font-family); }
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; color: var(--quiet); padding: 4px 0; }
th, td { padding: 5px 16px 5px 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--edge); }
thead th { color: var(--quiet); font-weight: normal; }
tbody th { font-weight: 600; white-space: nowrap; }
.status { white-space: nowrap; }
.status span { display: inline-block; width: 1em; font-weight: 700; text-align: center; }
.pass .status { color: var(--good); }
.fail .status { color: var(--bad); }
.warn .status { color: var(--warn); }
.skip .status { color: var(--quiet); }
.advice { color: var(--quiet); }
.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
details { margin-top: 28px; }
summary { cursor: pointer; }
.scroll { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 480px; }
svg text { fill: var(--vscode-foreground); font-size: 11px; font-family: var(--vscode-font-family); }
.tick line { stroke: var(--edge); }
.tick text { fill: var(--quiet); }
.mark line { stroke-width: 1.5; }
.mark text { font-weight: 600; }
.mark.signal line { stroke: var(--vscode-charts-orange); }
.mark.signal text { fill: var(--vscode-charts-orange); }
.mark.exit line { stroke: var(--vscode-foreground); }
.mark.killed line { stroke: var(--bad); }
.mark.killed text { fill: var(--bad); }
.bar rect, .legend i { fill: var(--vscode-charts-blue); background: var(--vscode-charts-blue); }
.bar.complete rect, .legend .complete i { fill: var(--good); background: var(--good); }
.bar.lost rect, .legend .lost i { fill: var(--bad); background: var(--bad); }
.bar.refused rect, .legend .refused i { fill: var(--quiet); background: var(--quiet); }
.bar.open rect, .legend .open i { fill: var(--warn); background: var(--warn); }
.cross { stroke: var(--bad); stroke-width: 2; fill: none; }
.bar:hover rect { opacity: 0.75; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0 0; padding: 0; list-style: none; }
.legend i { display: inline-block; width: 18px; height: 9px; margin-inline-end: 6px; border-radius: 2px; }
`;
