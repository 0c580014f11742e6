import { isFunction, type FunctionNode, type Node } from './types.js';

/** The expressions a function returns; those of functions inside it are not its own. */
export function returnedBy(fn: FunctionNode): readonly Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  const found: Node[] = [];
  collect(fn.body, found);
  return found;
}

function collect(node: Node, found: Node[]): void {
  if (node.type === 'ReturnStatement' && node.argument) found.push(node.argument);
  for (const key of STATEMENT_KEYS) {
    const child = (node as unknown as Record<string, Node | Node[] | null | undefined>)[key];
    for (const each of Array.isArray(child) ? child : [child])
      if (each && !isFunction(each)) collect(each, found);
  }
}

/** Where statements hold statements. */
const STATEMENT_KEYS = ['body', 'consequent', 'alternate', 'block', 'handler', 'finalizer', 'cases'] as const;
