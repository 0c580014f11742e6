import type { SourceCode } from './ast/types.js';
import { frameworks } from './frameworks/index.js';

/** A server can only start where one of these words stands; all other files are left at the cost of one search. */
const LISTENS = new RegExp(
  `\\b(?:${[
    'listen',
    ...frameworks.flatMap(({ listenMethods = [], listeners = [] }) => [
      ...listenMethods,
      ...listeners.flatMap((path) => path.slice(-1)),
    ]),
  ].join('|')})\\b`,
);

/** Whether a file can hold a site at all: a text search that saves the walk over the tree. */
export function mentionsServer(sourceCode: SourceCode): boolean {
  return LISTENS.test(sourceCode.text);
}
