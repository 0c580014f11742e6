import type { Scale } from './chart-row.js';

/** So many different bars at most; what is alike is one bar anyway. */
const mostRows = 8;

/** What is drawn as one bar. */
export interface Group<Item> {
  readonly alike: number;
  /** The one that ended last. */
  readonly last: Item;
  /** Only for the row that stands for all that found no row of their own. */
  readonly label?: string;
}

/** Puts together what is of one kind and ends in the same column, or the next one. */
export function groupAlike<Item>(
  items: readonly Item[],
  scale: Scale,
  look: (item: Item) => { kind: string; times: readonly number[] },
): Group<Item>[] {
  const looks = items
    .map((item) => ({ item, ...look(item) }))
    .sort((a, b) => Math.max(...a.times) - Math.max(...b.times));
  const groups: { kind: string; columns: number[]; items: Item[] }[] = [];
  for (const { item, kind, times } of looks) {
    const columns = times.map((atMs) => scale.columnOf(atMs));
    const near = groups.find(
      (one) =>
        one.kind === kind &&
        one.columns.every((column, index) => Math.abs((columns[index] ?? 0) - column) <= 1),
    );
    if (near === undefined) groups.push({ kind, columns, items: [item] });
    else near.items.push(item);
  }
  const rows = groups
    .slice(0, mostRows)
    .map(({ items: alike }) => ({ alike: alike.length, last: alike.at(-1) as Item }));
  const hidden = groups.slice(mostRows).flatMap(({ items: alike }) => alike);
  return hidden.length === 0
    ? rows
    : [
        ...rows,
        { alike: hidden.length, last: hidden.at(-1) as Item, label: `… ${String(hidden.length)} more, last` },
      ];
}
