import { moduleOf } from './module.js';
import type { Node, SourceCode } from './types.js';

/** The nodes of a whole tree, parents first, and for each where its descendants end. */
interface Flat {
  readonly nodes: readonly Node[];
  readonly ends: readonly number[];
}

const flats = new WeakMap<Node, Flat>();

/** Visits a node and all below it, parents first. `visit` returns false to leave out what is below a node. */
export function walk(root: Node, visit: (node: Node) => boolean | undefined): void {
  if (root.type === 'Program') walkFlat(flatten(root), visit);
  else visitBelow(moduleOf(root).visitorKeys, root, visit);
}

/** Many questions are asked of each node of a file: the second one finds them in a row. */
function walkFlat({ nodes, ends }: Flat, visit: (node: Node) => boolean | undefined): void {
  for (let at = 0; at < nodes.length;)
    at = visit(nodes[at] as Node) === false ? (ends[at] as number) : at + 1;
}

function flatten(root: Node): Flat {
  let flat = flats.get(root);
  if (!flat) {
    const nodes: Node[] = [];
    const ends: number[] = [];
    add(moduleOf(root).visitorKeys, root, null, nodes, ends);
    flats.set(root, (flat = { nodes, ends }));
  }
  return flat;
}

function add(
  keys: SourceCode['visitorKeys'],
  node: Node,
  parent: Node | null,
  nodes: Node[],
  ends: number[],
): void {
  // ESLint has set it, unless it was spared the walk.
  if (node.parent === undefined) (node as { parent: Node | null }).parent = parent;
  const at = nodes.push(node) - 1;
  ends.push(0);
  for (const key of keys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    if (!child) continue;
    if (Array.isArray(child)) {
      for (const each of child) if (each) add(keys, each, node, nodes, ends);
    } else add(keys, child, node, nodes, ends);
  }
  ends[at] = nodes.length;
}

function visitBelow(
  keys: SourceCode['visitorKeys'],
  node: Node,
  visit: (node: Node) => boolean | undefined,
): void {
  if (visit(node) === false) return;
  for (const key of keys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    if (!child) continue;
    if (Array.isArray(child)) {
      for (const each of child) if (each) visitBelow(keys, each, visit);
    } else visitBelow(keys, child, visit);
  }
}
