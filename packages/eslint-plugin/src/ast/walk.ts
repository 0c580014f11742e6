import type { Node, SourceCode } from './types.js';

/** Visits a node and all below it, parents first. `visit` returns false to leave out what is below a node. */
export function walk(sourceCode: SourceCode, root: Node, visit: (node: Node) => boolean | undefined): void {
  if (visit(root) === false) return;
  for (const key of sourceCode.visitorKeys[root.type] ?? []) {
    const child = (root as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    for (const node of Array.isArray(child) ? child : [child]) if (node) walk(sourceCode, node, visit);
  }
}
