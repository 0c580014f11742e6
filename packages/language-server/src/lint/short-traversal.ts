import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { SourceCode } from 'eslint';
import { Linter } from 'eslint/universal';

interface TreeNode {
  readonly type: string;
  parent?: TreeNode | null;
}

/**
 * Lets ESLint, in this process, visit the root of a file alone. Our rules ask a model of the whole file when its root is
 * left; the code paths and events of thousands of nodes would be made for nobody, with each key stroke.
 */
export function shortenTraversal(): void {
  // Its class is not exported where ESLint is without its command.
  const linter = new Linter({ configType: 'flat' });
  linter.verify('', {});
  const { prototype } = linter.getSourceCode().constructor as typeof SourceCode;
  Object.assign(prototype, {
    traverse(this: SourceCode) {
      const target = this.ast;
      setParents(target, this.visitorKeys);
      return [1, 2].map((phase) => ({ kind: 1, phase, target, args: [target] }));
    },
  });
}

/** What ESLint does on its way. */
function setParents(root: TreeNode, keys: SourceCode['visitorKeys']): void {
  root.parent = null;
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const key of keys[node.type] ?? visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, unknown>)[key];
      for (const each of Array.isArray(child) ? (child as unknown[]) : [child]) {
        if (!isNode(each)) continue;
        each.parent = node;
        stack.push(each);
      }
    }
  }
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}
