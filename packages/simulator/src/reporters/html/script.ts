import { findTicks, placeLabels } from './layout.js';

/**
 * Zoom, details and keys of the charts; without it, or on paper, the page shows the same. A page that brings in further
 * charts dispatches `charts` on its document. Each says by `view` which span it shows, and is told one by `show`.
 */
export const script = `
const findTicks = ${findTicks.toString()};
const placeLabels = ${placeLabels.toString()};
function wireChart(figure) {
  if (figure.isWired) return;
  figure.isWired = true;
  const svg = figure.querySelector('svg');
  const tip = figure.querySelector('.tip');
  const { from, to, left, right, top, bottom, height } = Object.fromEntries(
    Object.entries(svg.dataset).map(([name, value]) => [name, Number(value)]));
  let end = Number(svg.dataset.width) - right;
  let view = [from, to];
  const x = (ms) => left + ((ms - view[0]) / (view[1] - view[0])) * (end - left);
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const round = (value) => Math.round(clamp(value, -5000, 9000) * 100) / 100;
  const moving = [...svg.querySelectorAll('[data-a]')];
  const bars = [...svg.querySelectorAll('.bar')];
  // The signal has the first choice of a place.
  const marks = [...svg.querySelectorAll('.mark.signal'), ...svg.querySelectorAll('.mark:not(.signal)')];
  const selection = svg.querySelector('.selection');

  const label = (ms) => {
    if (Math.abs(ms) < 1e-9) return '0';
    const size = Math.abs(ms);
    const text = size < 999.5 ? Number(size.toFixed(2)) + ' ms' : Number((size / 1000).toFixed(3)) + ' s';
    return (ms < 0 ? '\\u2212' : '+') + text;
  };
  function draw() {
    for (const one of moving) {
      const a = round(x(Number(one.dataset.a)));
      if (one.dataset.b === undefined) one.setAttribute('transform', 'translate(' + a + ' 0)');
      else {
        one.setAttribute('x', a);
        one.setAttribute('width', Math.max(round(x(Number(one.dataset.b))) - a, 2));
      }
    }
    let html = '';
    for (const ms of findTicks(view[0], view[1], end - left)) {
      html += '<g transform="translate(' + x(ms) + ' 0)"><line y1="' + (top - 6) + '" y2="' + bottom +
        '"/><text y="' + (bottom + 16) + '" text-anchor="middle">' + label(ms) + '</text></g>';
    }
    svg.querySelector('.ticks').innerHTML = html;
    nameMarks();
  }
  function nameMarks() {
    const inView = marks.filter(({ dataset: { a } }) => a === undefined || (a >= view[0] && a <= view[1]));
    const positions = inView.map(({ dataset: { a } }) => (a === undefined ? undefined : x(Number(a))));
    for (const mark of marks) mark.querySelector('text').setAttribute('visibility', 'hidden');
    const texts = inView.map((mark) => mark.querySelector('text'));
    const widths = texts.map((text) => text.getComputedTextLength());
    const places = placeLabels(widths.map((width, at) => ({ x: positions[at], width })), left - 6, end + right - 2);
    places.forEach((place, at) => {
      inView[at].querySelector('line')?.setAttribute('y1', place.lineY);
      if (place.x === undefined) return;
      texts[at].setAttribute('visibility', 'visible');
      texts[at].setAttribute('x', place.x - (positions[at] ?? 0));
      texts[at].setAttribute('y', place.y);
    });
  }
  function show(low, high) {
    const span = clamp(high - low, 1, to - from);
    const start = clamp(low, from, to - span);
    view = [start, start + span];
    draw();
    figure.dispatchEvent(new CustomEvent('view', { bubbles: true, detail: view }));
  }
  // As wide as there is room, and the words as large as they are elsewhere.
  function fit() {
    const room = figure.querySelector('.scroll').clientWidth;
    if (room === 0) return;
    const width = Math.max(room, parseFloat(getComputedStyle(svg).minWidth) || 0);
    end = width - right;
    svg.setAttribute('viewBox', '0 0 ' + width + ' ' + height);
    svg.querySelector('clipPath rect').setAttribute('width', width - left + 6);
    draw();
  }
  new ResizeObserver(fit).observe(figure);
  const zoom = (factor, centre = (view[0] + view[1]) / 2) =>
    show(centre - (centre - view[0]) * factor, centre + (view[1] - centre) * factor);
  const move = (part) => { const by = (view[1] - view[0]) * part; show(view[0] + by, view[1] + by); };
  const reset = () => show(from, to);

  const point = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
  const timeAt = (position) => view[0] + ((position - left) / (end - left)) * (view[1] - view[0]);

  function tell(bar, clientX, clientY) {
    tip.textContent = '';
    bar.details.forEach((line, index) => {
      const row = document.createElement(index === 0 ? 'strong' : 'div');
      row.textContent = line;
      tip.append(row);
    });
    tip.hidden = false;
    const box = figure.getBoundingClientRect();
    const room = box.width - tip.offsetWidth - 4;
    tip.style.left = clamp(clientX - box.left + 14, 0, Math.max(room, 0)) + 'px';
    const below = clientY - box.top + 16;
    tip.style.top = (clientY + 24 + tip.offsetHeight > innerHeight ? below - tip.offsetHeight - 30 : below) + 'px';
  }
  const hush = () => { tip.hidden = true; };
  for (const bar of bars) {
    const title = bar.querySelector('title');
    bar.details = title.textContent.split('\\n');
    // Ours is shown instead, and at once.
    title.remove();
    bar.setAttribute('aria-label', bar.details.join('; '));
    bar.setAttribute('tabindex', '-1');
  }
  svg.addEventListener('pointermove', (event) => {
    const bar = event.target.closest('.bar');
    if (bar !== null && drag === undefined) tell(bar, event.clientX, event.clientY);
    else if (document.activeElement?.closest('.bar') === null) hush();
  });
  svg.addEventListener('pointerleave', hush);
  svg.addEventListener('focusin', (event) => {
    const bar = event.target.closest('.bar');
    if (bar === null) return hush();
    bar.scrollIntoView({ block: 'nearest' });
    const { left: x0, bottom: y0 } = bar.querySelector('.box').getBoundingClientRect();
    tell(bar, Math.max(x0, figure.getBoundingClientRect().left + 140), y0);
  });
  svg.addEventListener('focusout', hush);

  svg.addEventListener('keydown', (event) => {
    const index = bars.indexOf(document.activeElement);
    const goTo = (to) => (to < 0 ? svg : bars[Math.min(to, bars.length - 1)])?.focus();
    const keys = {
      '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2), '0': reset,
      ArrowLeft: () => move(-0.2), ArrowRight: () => move(0.2),
      ArrowDown: () => goTo(index + 1), ArrowUp: () => goTo(index - 1),
      PageDown: () => goTo(index + 20), PageUp: () => goTo(Math.max(index - 20, 0)),
      Home: () => goTo(0), End: () => goTo(bars.length - 1),
      Escape: () => { hush(); svg.focus(); },
    };
    if (event.ctrlKey || event.metaKey || event.altKey || keys[event.key] === undefined) return;
    event.preventDefault();
    keys[event.key]();
  });
  svg.addEventListener('wheel', (event) => {
    // A wheel alone scrolls the page.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(point(event)));
  }, { passive: false });
  let drag;
  svg.addEventListener('pointerdown', (event) => {
    const start = point(event);
    if (event.button !== 0 || event.pointerType === 'touch' || start < left) return;
    drag = start;
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    if (drag === undefined) return;
    hush();
    const now = clamp(point(event), left, end);
    selection.setAttribute('x', Math.min(drag, now));
    selection.setAttribute('width', Math.abs(now - drag));
    selection.setAttribute('height', bottom);
  });
  const drop = (event) => {
    if (drag === undefined) return;
    const now = clamp(point(event), left, end);
    const [low, high] = [timeAt(Math.min(drag, now)), timeAt(Math.max(drag, now))];
    if (Math.abs(now - drag) > 6) show(low, high);
    drag = undefined;
    selection.setAttribute('width', 0);
  };
  svg.addEventListener('pointerup', drop);
  svg.addEventListener('pointercancel', () => { drag = undefined; selection.setAttribute('width', 0); });
  svg.addEventListener('dblclick', reset);
  figure.addEventListener('show', (event) => show(...event.detail));
  figure.querySelector('.controls').hidden = false;
  const actions = { in: () => zoom(0.5), out: () => zoom(2), reset };
  for (const button of figure.querySelectorAll('button')) button.addEventListener('click', actions[button.dataset.do]);
}
const wireCharts = () => document.querySelectorAll('figure.chart').forEach(wireChart);
document.addEventListener('charts', wireCharts);
wireCharts();
`;
