import type { SourceCode } from './ast/types.js';
import { frameworks } from './frameworks/index.js';

/** A server can only start where one of these words stands; all other files are left at the cost of one search. */
const LISTENS = new RegExp(
  `\\b(?:${[
    'listen',
    ...frameworks.flatMap(({ modules, listenMethods = [], listeners = [] }) => [
      ...listenMethods,
      // What is called under any name is imported under the module's.
      ...listeners.flatMap((path) =>
        path.length > 0 ? path.slice(-1) : modules.map((module) => module.replaceAll('.', '\\.')),
      ),
    ]),
  ].join('|')})\\b`,
);

/** Whether a file can hold a site at all: a text search that saves the walk over the tree. */
export function mentionsServer(sourceCode: SourceCode): boolean {
  return LISTENS.test(sourceCode.text);
}
