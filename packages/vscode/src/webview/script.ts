/**
 * What the page does beside its charts: buttons and source lines go to the extension, the progress of a run comes from
 * it, and what the reader has opened and zoomed into is there again when the panel is shown again.
 */
export const pageScript = `
const vscode = acquireVsCodeApi();
const given = JSON.parse(document.body.dataset.state);
const kept = vscode.getState();
// Of another page of the same panel nothing is kept.
const state = kept?.page === given.page ? kept : given;
const save = () => vscode.setState(state);
save();

addEventListener('click', (event) => {
  const button = event.target.closest('[data-action]');
  if (button !== null) vscode.postMessage({ type: button.dataset.action });
  const place = event.target.closest('[data-file]');
  if (place === null) return;
  event.preventDefault();
  vscode.postMessage({ type: 'open', file: place.dataset.file, line: Number(place.dataset.line) });
});
addEventListener('message', ({ data }) => {
  if (data.type !== 'progress') return;
  document.querySelector('.now').textContent = data.line;
  if (data.figure === undefined) return;
  document.querySelector('.live').innerHTML = data.figure;
  document.dispatchEvent(new Event('charts'));
});

const details = [...document.querySelectorAll('details')];
details.forEach((one, index) => {
  one.open = state.open?.includes(index) ?? one.open;
  one.addEventListener('toggle', () => {
    state.open = details.flatMap(({ open }, at) => (open ? [at] : []));
    save();
  });
});
for (const figure of document.querySelectorAll('figure.chart')) {
  const { chart } = figure.dataset;
  const view = state.views?.[chart];
  if (view !== undefined) figure.dispatchEvent(new CustomEvent('show', { detail: view }));
  figure.addEventListener('view', ({ detail }) => {
    state.views = { ...state.views, [chart]: detail };
    save();
  });
}
scrollTo(0, state.scroll ?? 0);
addEventListener('scroll', () => {
  state.scroll = scrollY;
  save();
});
`;
