import { moduleOf } from './module.js';
import type { Node, SourceCode } from './types.js';

/** Visits a node and all below it, parents first. `visit` returns false to leave out what is below a node. */
export function walk(root: Node, visit: (node: Node) => boolean | undefined): void {
  visitBelow(moduleOf(root).visitorKeys, root, visit);
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
