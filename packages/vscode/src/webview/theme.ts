/**
 * The colours of the editor's theme for the parts that the simulator draws, and the look of what is ours. A theme of high
 * contrast has no orange, and others have one that is made to shine through.
 */
export const theme = `
:root {
  --ground: var(--vscode-editor-background);
  --panel: var(--vscode-editorWidget-background, var(--vscode-editor-background));
  --text: var(--vscode-foreground);
  --quiet: var(--vscode-descriptionForeground);
  --edge: var(--vscode-panel-border, var(--vscode-contrastBorder, #80808059));
  --good: color-mix(in srgb, var(--vscode-charts-green) 90%, var(--vscode-foreground));
  --bad: var(--vscode-testing-iconFailed, var(--vscode-charts-red));
  --warn: var(--vscode-list-warningForeground, var(--vscode-charts-yellow));
  --process: color-mix(in srgb, var(--vscode-foreground) 65%, var(--panel));
  --idle: var(--vscode-testing-iconSkipped, var(--vscode-descriptionForeground));
  --accept: var(--vscode-charts-purple);
  --drain: var(--vscode-charts-blue, var(--vscode-foreground));
  --orange: var(--vscode-charts-orange, var(--vscode-editorWarning-foreground, var(--vscode-foreground)));
  --signal: color-mix(in srgb, rgb(from var(--orange) r g b / 1) 80%, var(--vscode-foreground));
  --focus: var(--vscode-focusBorder);
  --link: var(--vscode-textLink-foreground);
}
body.vscode-high-contrast { --edge: var(--vscode-contrastBorder); --quiet: var(--vscode-foreground); --process: var(--vscode-foreground); }
body { max-width: 1120px; margin: 0 auto; padding: 12px 20px 40px; font: var(--vscode-font-size, 13px)/1.5 var(--vscode-font-family, sans-serif); }
h1 { font-size: 1.7em; }
h2 { margin-top: 28px; font-size: 1.2em; }
code, dd.code, pre, .place { font-family: var(--vscode-editor-font-family, monospace); font-size: 0.95em; }
.toolbar { display: flex; flex-wrap: wrap; gap: 6px; margin: 0 0 14px; }
.toolbar button { padding: 3px 11px; color: var(--vscode-button-secondaryForeground, var(--text)); background: var(--vscode-button-secondaryBackground, var(--panel)); border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 3px; }
.toolbar button:hover { background: var(--vscode-button-secondaryHoverBackground, var(--panel)); }
.toolbar button.primary { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
.toolbar button.primary:hover { background: var(--vscode-button-hoverBackground); }
.target { margin: 0 0 2px; color: var(--quiet); }
.now { font-size: 1.1em; }
`;
