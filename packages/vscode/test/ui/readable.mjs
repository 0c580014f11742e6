import assert from 'node:assert/strict';

/** A theme of each kind: its setting, its name, and what the body of a panel is called in it. */
export const themes = /** @type {const} */ ([
  ['Default Dark Modern', 'Dark Modern', 'vscode-dark'],
  ['Default Light Modern', 'Light Modern', 'vscode-light'],
  ['Default High Contrast', 'Dark High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'Light High Contrast', 'vscode-high-contrast-light'],
]);

/** What must be seen of a report: text, large text and shapes, as WCAG asks of each (AA). */
const parts = /** @type {const} */ ([
  ['h1', 'color', 3],
  ['p', 'color', 4.5],
  ['.checks td', 'color', 4.5],
  ['svg .lane', 'fill', 4.5],
  ['svg .ticks text', 'fill', 4.5],
  ['svg .mark.signal text', 'fill', 3],
  ['svg .mark.signal line', 'stroke', 3],
  ['svg .mark.exit line', 'stroke', 3],
  ['svg .bar .box', 'fill', 3],
]);

/**
 * Fails where something of a report is too near to the colour behind it.
 * @param {ReturnType<import('./workbench.mjs').Workbench['report']>} report
 * @param {string} theme
 */
export async function assertReadable(report, theme) {
  const faint = [];
  for (const [selector, property, least] of parts) {
    const elements = report.locator(selector);
    assert.notEqual(await elements.count(), 0, `${selector} is in the report`);
    const ratio = Math.min(...(await elements.evaluateAll(contrasts, property)));
    if (ratio < least) faint.push(`${selector} ${ratio.toFixed(2)}`);
  }
  assert.deepEqual(faint, [], theme);
}

/**
 * The contrast of each element to the nearest colour behind it, as WCAG computes it. Runs in the page.
 * @param {(HTMLElement | SVGElement)[]} elements
 * @param {'color' | 'fill' | 'stroke'} property
 */
function contrasts(elements, property) {
  /** @param {string} colour @returns {number[]} red, green, blue and alpha; the first three to 255 */
  const read = (colour) => {
    const values = (colour.match(/[\d.]+/g) ?? []).map(Number);
    // What is mixed is told as `color(srgb 0.8 0.5 0.2)`.
    return colour.startsWith('color(') ? values.map((value, at) => (at < 3 ? value * 255 : value)) : values;
  };
  /** @param {readonly number[]} channels */
  const toLight = (channels) => {
    const [red = 0, green = 0, blue = 0] = channels.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return elements.map((element) => {
    let behind = element.parentElement;
    while (behind && read(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const ground = read(behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)').slice(0, 3);
    const [red = 0, green = 0, blue = 0, alpha = 1] = read(getComputedStyle(element)[property]);
    const seen = [red, green, blue].map((value, at) => alpha * value + (1 - alpha) * (ground[at] ?? 0));
    const [one, other] = [toLight(seen), toLight(ground)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
}
