import type { SourceCode } from './ast/types.js';
import { frameworks } from './frameworks/index.js';
import { mentionsLibrary } from './libraries/index.js';

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

const SIGNALS = /\bSIG[A-Z]+\b|\bprocess\b/;

/** Whether a file can hold a server or a signal handler at all: a text search that saves the walk over the tree. */
export function mentionsLifecycle({ text }: Pick<SourceCode, 'text'>): boolean {
  return (
    LISTENS.test(text) ||
    mentionsLibrary(text) ||
    (SIGNALS.test(text) && /\b(?:on|once|addListener|prepend\w*)\b/.test(text))
  );
}
