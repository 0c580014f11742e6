// What a report looks like as HTML, in parts: the page that hosts them sets the colours and the policy.
export { toChart } from './chart.js';
export { renderComparison } from './comparison.js';
export { renderHeader, renderRuns, type Links } from './report.js';
export { script } from './script.js';
export { renderSoFar } from './so-far.js';
export { style } from './style.js';
export { escapeMarkup } from '../escape.js';
