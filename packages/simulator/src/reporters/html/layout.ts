// What finds the places of words in a chart. The page's script lays a chart out anew for each width and zoom and contains
// these functions by their text: they use nothing from outside, and no function in them has a name.

/** A word at a mark. Lengths in units of the drawing. */
export interface Label {
  /** Where its mark stands; a label without a mark stands at the right edge. */
  readonly x?: number;
  readonly width: number;
}

/** Where a label begins, undefined where it has no room; and from where on its mark's line is drawn. */
export interface LabelPlace {
  readonly x: number | undefined;
  readonly y: number;
  readonly lineY: number;
}

/** Round times, the signal's among them, so far apart that each has room for its label; at most about eight. */
export function findTicks(fromMs: number, toMs: number, width: number): number[] {
  const rough = (toMs - fromMs) / Math.min(Math.max(width / 60, 1), 8);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  const times: number[] = [];
  for (let index = Math.ceil(fromMs / step); index * step <= toMs; index += 1) times.push(index * step);
  return times;
}

/**
 * Puts each label beside its mark, else above it, in one of three lines, so that it covers neither another label nor another
 * mark's line, which goes from its own label down. The first ones have the first choice; one without room is not shown.
 */
export function placeLabels(labels: readonly Label[], left: number, right: number): LabelPlace[] {
  const gap = 6;
  const lines = [12, 26, 40];
  const taken: { readonly y: number; readonly from: number; readonly to: number; readonly x: number }[] = [];
  return labels.map(({ x = Infinity, width }) => {
    const above = Math.min(x - width / 2, right - width);
    for (const y of lines) {
      for (const from of [x + 5, x - 5 - width, above]) {
        const to = from + width;
        if (from < left || to > right) continue;
        const isCovered = taken.some(
          (other) =>
            (other.y === y && from < other.to + gap && to > other.from - gap) ||
            (other.y <= y && from < other.x && to > other.x) ||
            (other.y >= y && other.from < x && other.to > x),
        );
        if (isCovered) continue;
        taken.push({ y, from, to, x });
        return { x: from, y, lineY: from < x && to > x ? y + 4 : y - 9 };
      }
    }
    return { x: undefined, y: 0, lineY: 45 };
  });
}
