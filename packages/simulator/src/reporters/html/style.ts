/** The look of the page: light or dark as the reader's system is, and dark on white on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f6f7f9; --text: #1c2128; --quiet: #5c6670; --edge: #d9dee4;
  --good: #1a7f4b; --bad: #c3272b; --warn: #8a5a00; --process: #5b6f8f; --idle: #8d99a6;
  --signal: #b45309; --focus: #2f6fd0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181d; --panel: #1c2229; --text: #e4e8ec; --quiet: #9aa5b1; --edge: #323a44;
    --good: #4cc38a; --bad: #ff6b6b; --warn: #e0a83a; --process: #8ea3c4; --idle: #76828f;
    --signal: #f0a04b; --focus: #6ea8fe;
  }
}
* { box-sizing: border-box; }
body {
  max-width: 1120px; margin: 0 auto; padding: 28px 24px 48px; color: var(--text); background: var(--ground);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif;
}
h1 { margin: 0; font-size: 1.9rem; line-height: 1.25; }
h2 { margin: 36px 0 10px; font-size: 1.15rem; }
h3 { margin: 24px 0 8px; font-size: 1rem; }
h1.graceful { color: var(--good); }
h1.not-graceful { color: var(--bad); }
h1.unknown { color: var(--warn); }
.summary { margin: 4px 0 16px; font-size: 1.1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 18px; margin: 0; }
dt, caption, thead th, .hint, footer { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
code, dd.code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 0.92em; }
table { width: 100%; border-collapse: collapse; }
caption { padding: 6px 0 0; text-align: start; caption-side: bottom; font-size: 0.9em; }
th, td { padding: 6px 18px 6px 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--edge); }
thead th { font-weight: 500; }
tbody th { font-weight: 600; white-space: nowrap; }
td:last-child { padding-right: 0; }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.spread { width: auto; }
.spread td, .spread th { padding-right: 28px; }
.status { white-space: nowrap; }
.status span { display: inline-block; width: 1.3em; font-weight: 700; }
.pass .status { color: var(--good); }
.fail .status { color: var(--bad); }
.warn .status { color: var(--warn); }
.skip .status, .skip td, .skip th, .info .status { color: var(--quiet); }
.advice { margin: 2px 0 0; color: var(--quiet); }
figure.chart { position: relative; margin: 18px 0 0; padding: 12px 12px 8px; background: var(--panel); border: 1px solid var(--edge); border-radius: 8px; }
figure .scroll { overflow-x: auto; }
figcaption { display: flex; flex-wrap: wrap; gap: 4px 18px; align-items: center; margin: 4px 4px 0; font-size: 0.88em; color: var(--quiet); }
figcaption i { display: inline-block; width: 18px; height: 8px; margin-inline-end: 6px; border-radius: 2px; vertical-align: baseline; background: var(--tone); }
figcaption i.line { height: 2px; vertical-align: middle; }
.controls { display: flex; gap: 6px; align-items: center; margin-bottom: 6px; font-size: 0.88em; }
.controls[hidden] { display: none; }
button { min-width: 30px; padding: 2px 9px; color: inherit; background: var(--ground); border: 1px solid var(--edge); border-radius: 5px; font: inherit; cursor: pointer; }
button:hover { border-color: var(--quiet); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
svg { display: block; width: 100%; min-width: 680px; user-select: none; cursor: crosshair; }
svg text { fill: var(--text); font-size: 12px; }
svg .lane { font-weight: 600; }
svg .note { font-size: 11px; fill: var(--quiet); paint-order: stroke; stroke: var(--panel); stroke-width: 5px; }
.ticks line { stroke: var(--edge); }
.ticks text { fill: var(--quiet); font-size: 11px; }
.good { --tone: var(--good); } .bad { --tone: var(--bad); } .bar.warn, figcaption .warn { --tone: var(--warn); }
.quiet { --tone: var(--idle); } .process { --tone: var(--process); }
.bar .box, .bar .open { fill: var(--tone); }
.bar .open { opacity: 0.55; }
.bar .hit { fill: transparent; }
.bar.bad .note { fill: var(--bad); }
.bar:hover .hit, .bar:focus .hit { fill: var(--focus); opacity: 0.14; }
.bar:focus { outline: none; }
.bar:focus .box { stroke: var(--focus); stroke-width: 2; }
.cross { fill: none; stroke: var(--bad); stroke-width: 2.2; }
.mark line { stroke-width: 1.6; }
.mark text { font-weight: 600; }
.mark { pointer-events: none; }
.mark.signal line { stroke: var(--signal); } .mark.signal text { fill: var(--signal); }
.mark.exit line { stroke: var(--quiet); stroke-dasharray: 4 3; }
.mark.kill line { stroke: var(--bad); } .mark.kill text { fill: var(--bad); }
.selection { fill: var(--focus); opacity: 0.18; pointer-events: none; }
.tip { position: absolute; z-index: 1; max-width: min(560px, 92%); padding: 7px 11px; color: var(--text); background: var(--ground); border: 1px solid var(--edge); border-radius: 6px; box-shadow: 0 4px 14px rgb(0 0 0 / 22%); font-size: 0.88em; font-variant-numeric: tabular-nums; pointer-events: none; white-space: pre-wrap; }
details { margin-top: 18px; }
summary { cursor: pointer; }
pre { overflow-x: auto; padding: 10px 12px; background: var(--panel); border: 1px solid var(--edge); border-radius: 6px; font-size: 0.88em; }
.events td { white-space: pre-line; }
footer { margin-top: 40px; font-size: 0.88em; }
@media (max-width: 640px) { body { padding: 18px 14px 32px; } dl { grid-template-columns: 1fr; } dd { margin-bottom: 6px; } }
@media print {
  :root {
    color-scheme: light;
    --ground: #ffffff; --panel: #ffffff; --text: #000000; --quiet: #444444; --edge: #bbbbbb;
    --good: #1a7f4b; --bad: #c3272b; --warn: #8a5a00; --process: #5b6f8f; --idle: #8d99a6; --signal: #b45309;
  }
  body { max-width: none; padding: 0; font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .controls, .tip { display: none; }
  figure.chart, tr { break-inside: avoid; }
}
`;
