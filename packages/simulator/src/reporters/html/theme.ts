/** The colours of the page by itself: light or dark as the reader's system is, and dark on white on paper. */
export const theme = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f6f7f9; --text: #1c2128; --quiet: #5c6670; --edge: #d9dee4;
  --good: #1a7f4b; --bad: #c3272b; --warn: #8a5a00; --process: #5b6f8f; --idle: #8d99a6;
  --accept: #8250df; --drain: #2f6fd0; --signal: #b45309; --focus: #2f6fd0; --link: #1f5fbf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181d; --panel: #1c2229; --text: #e4e8ec; --quiet: #9aa5b1; --edge: #323a44;
    --good: #4cc38a; --bad: #ff6b6b; --warn: #e0a83a; --process: #8ea3c4; --idle: #76828f;
    --accept: #b794f6; --drain: #6ea8fe; --signal: #f0a04b; --focus: #6ea8fe; --link: #7fb2ff;
  }
}
@media print {
  :root {
    color-scheme: light;
    --ground: #ffffff; --panel: #ffffff; --text: #000000; --quiet: #444444; --edge: #bbbbbb;
    --good: #1a7f4b; --bad: #c3272b; --warn: #8a5a00; --process: #5b6f8f; --idle: #8d99a6;
    --accept: #8250df; --drain: #2f6fd0; --signal: #b45309; --link: #000000;
  }
}
body {
  max-width: 1120px; margin: 0 auto; padding: 28px 24px 48px;
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif;
}
code, dd.code, .place { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 0.92em; }
@media (max-width: 640px) { body { padding: 18px 14px 32px; } }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } }
`;
