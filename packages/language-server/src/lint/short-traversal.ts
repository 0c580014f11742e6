import type { SourceCode } from 'eslint';
import { Linter } from 'eslint/universal';

/**
 * Lets ESLint, in this process, visit the root of a file alone. Our rules ask a model of the whole file when its root is
 * left, and find the parents of its nodes on their own walk; the code paths and events of thousands of nodes would be made
 * for nobody, with each key stroke.
 */
export function shortenTraversal(): void {
  // Its class is not exported where ESLint is without its command.
  const linter = new Linter({ configType: 'flat' });
  linter.verify('', {});
  const { prototype } = linter.getSourceCode().constructor as typeof SourceCode;
  Object.assign(prototype, {
    traverse(this: SourceCode) {
      const target = Object.assign(this.ast, { parent: null });
      return [1, 2].map((phase) => ({ kind: 1, phase, target, args: [target] }));
    },
  });
}
