/**
 * The look of all parts. The colours come from the page: `--ground --panel --text --quiet --edge --good --bad --warn
 * --process --idle --accept --drain --signal --focus --link`.
 */
export const style = `
* { box-sizing: border-box; }
body { color: var(--text); background: var(--ground); }
a { color: var(--link); }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.25; }
h2 { margin: 36px 0 10px; font-size: 1.15rem; }
h3 { margin: 24px 0 8px; font-size: 1rem; }
h4 { margin: 18px 0 0; font-size: 0.95rem; font-weight: 600; }
h1.graceful { color: var(--good); }
h1.not-graceful { color: var(--bad); }
h1.unknown { color: var(--warn); }
.summary { margin: 4px 0 16px; font-size: 1.1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 18px; margin: 0; }
dt, caption, thead th, .hint, footer { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
caption { padding: 6px 0 0; text-align: start; caption-side: bottom; font-size: 0.9em; }
th, td { padding: 6px 18px 6px 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--edge); }
thead th { font-weight: 500; }
tbody th { font-weight: 600; white-space: nowrap; }
.starts tbody th { white-space: normal; }
.about { margin: -6px 0 10px; color: var(--quiet); }
.remark { margin: 10px 0 0; color: var(--warn); }
td:last-child { padding-right: 0; }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.spread { width: auto; }
.spread td, .spread th { padding-right: 28px; }
.status { white-space: nowrap; }
.status span { display: inline-block; width: 1.3em; font-weight: 700; }
.pass .status, .graceful .status { color: var(--good); }
.fail .status, .not-graceful .status { color: var(--bad); }
.warn .status { color: var(--warn); }
.unknown .status, .skip .status, .skip td, .skip th, .info .status { color: var(--quiet); }
.place { margin: 2px 0 0; overflow-wrap: anywhere; }
.advice { margin: 2px 0 0; color: var(--quiet); }
figure.chart { position: relative; margin: 18px 0 0; padding: 12px 12px 8px; background: var(--panel); border: 1px solid var(--edge); border-radius: 8px; }
figure .scroll { overflow-x: auto; }
figcaption { display: flex; flex-wrap: wrap; gap: 4px 18px; align-items: center; margin: 4px 4px 0; font-size: 0.88em; color: var(--quiet); }
figcaption i { display: inline-block; width: 18px; height: 8px; margin-inline-end: 6px; border-radius: 2px; vertical-align: baseline; background: var(--tone); }
figcaption i.open { height: 2px; vertical-align: middle; opacity: 0.55; }
figcaption i.line { width: 0; height: 12px; margin-inline: 8px 14px; border-inline-start: 2px solid var(--tone); border-radius: 0; background: none; vertical-align: -2px; }
figcaption .exit i, figcaption .due i { border-inline-start-style: dashed; }
.controls { display: flex; gap: 6px; align-items: center; margin-bottom: 6px; font-size: 0.88em; }
.controls button { flex: none; }
.controls[hidden] { display: none; }
button { min-width: 30px; white-space: nowrap; padding: 2px 9px; color: inherit; background: var(--ground); border: 1px solid var(--edge); border-radius: 5px; font: inherit; cursor: pointer; }
button:hover { border-color: var(--quiet); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
svg { display: block; width: 100%; min-width: 300px; user-select: none; cursor: crosshair; }
svg text { fill: var(--text); font-size: 12px; }
svg .lane { font-weight: 600; }
svg .tally { font-size: 11px; fill: var(--quiet); }
svg .tally.bad { fill: var(--bad); }
svg .note { font-size: 11px; fill: var(--quiet); paint-order: stroke; stroke: var(--panel); stroke-width: 8px; stroke-linejoin: round; }
.ticks line { stroke: var(--edge); }
.ticks text { fill: var(--quiet); font-size: 11px; }
.good { --tone: var(--good); } .bad { --tone: var(--bad); } .bar.warn, figcaption .warn { --tone: var(--warn); }
.bar.quiet, figcaption .quiet { --tone: var(--idle); } .process { --tone: var(--process); }
.accept { --tone: var(--accept); } .drain { --tone: var(--drain); }
.signal { --tone: var(--signal); } .exit { --tone: var(--quiet); } .kill { --tone: var(--bad); } .due { --tone: var(--warn); }
.band { fill: var(--tone); opacity: 0.09; pointer-events: none; }
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
.mark line { stroke: var(--tone); }
.mark.exit line { stroke-dasharray: 4 3; }
.mark.due line { stroke-dasharray: 2 4; }
.mark.signal text, .mark.kill text, .mark.due text { fill: var(--tone); }
.selection { fill: var(--focus); opacity: 0.18; pointer-events: none; }
.tip { position: absolute; z-index: 1; max-width: min(560px, 92%); padding: 7px 11px; color: var(--text); background: var(--ground); border: 1px solid var(--edge); border-radius: 6px; box-shadow: 0 4px 14px rgb(0 0 0 / 22%); font-size: 0.88em; font-variant-numeric: tabular-nums; pointer-events: none; white-space: pre-wrap; }
details { margin-top: 18px; }
summary { cursor: pointer; }
pre { overflow-x: auto; padding: 10px 12px; background: var(--panel); border: 1px solid var(--edge); border-radius: 6px; font-size: 0.88em; }
.events td { white-space: pre-line; }
footer { margin-top: 40px; font-size: 0.88em; }
@media (max-width: 640px) {
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: 6px; }
  .checks, .checks tbody, .checks tr, .checks td, .checks tbody th { display: block; }
  .checks thead { display: none; }
  .checks td, .checks tbody th { padding: 0; border: 0; }
  .checks tr { padding: 8px 0; border-bottom: 1px solid var(--edge); }
  .compared tr { padding: 10px 0; }
  .compared td.status { float: inline-end; }
  .compared td[data-when] { display: grid; grid-template-columns: 4.5em 1fr; }
  .compared td[data-when]::before { content: attr(data-when); color: var(--quiet); }
  figure.chart { padding: 8px 6px; }
  .hint { display: none; }
}
@media (forced-colors: active) {
  :root {
    --ground: Canvas; --panel: Canvas; --text: CanvasText; --quiet: CanvasText; --edge: CanvasText; --good: CanvasText;
    --bad: Highlight; --warn: Highlight; --process: GrayText; --idle: GrayText; --accept: GrayText; --drain: GrayText;
    --signal: CanvasText; --focus: Highlight; --link: LinkText;
  }
  svg, figcaption i { forced-color-adjust: none; }
}
@media print {
  body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .controls, .tip { display: none; }
  figure.chart, tr { break-inside: avoid; }
}
`;
