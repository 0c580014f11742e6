import * as parser from '@typescript-eslint/parser';
import { Linter, type Rule } from 'eslint';
import { register } from '../src/ast/module.js';
import type { Node, SourceCode } from '../src/ast/types.js';
import { ask } from '../src/libraries/ask.js';
import { findLibraryUse } from '../src/libraries/index.js';

/** What a call of a library does, with the text of the code in place of its nodes. */
export interface Seen {
  library: string;
  signals: readonly string[] | null;
  deadlineMs: number | null | undefined;
  closes?: string[];
  runs?: string[];
  closeMethods?: readonly string[];
  armedBy?: readonly string[];
  exits?: boolean;
  isOnce?: boolean;
  isSyncOnly?: boolean;
  loses?: string;
}

/** Every use of a library in a program, in the order of the file; TypeScript, `require` included. */
export function usesIn(code: string): Seen[] {
  const seen: Seen[] = [];
  const rule: Rule.RuleModule = {
    create({ sourceCode }) {
      const source = sourceCode as unknown as SourceCode;
      const { ast, text: code, visitorKeys } = source;
      register({
        ast,
        text: code,
        visitorKeys,
        getScope: (node) => source.getScope?.(node) ?? null,
        file: '',
        parser: undefined,
      });
      const text = (nodes: readonly Node[]) => nodes.map(({ range }) => code.slice(...range));
      const look = (node: unknown) => {
        const found = findLibraryUse(node as Parameters<typeof findLibraryUse>[0], ask);
        if (!found) return;
        const { signals, deadlineMs, closes = [], runs = [], ...rest } = found.use;
        seen.push({
          library: found.library.id,
          signals,
          deadlineMs,
          ...(closes.length > 0 && { closes: text(closes) }),
          ...(runs.length > 0 && { runs: text(runs) }),
          ...(rest.closeMethods && { closeMethods: rest.closeMethods }),
          ...(rest.armedBy && { armedBy: rest.armedBy }),
          ...(rest.exits && { exits: true }),
          ...(rest.isOnce && { isOnce: true }),
          ...(rest.isSyncOnly && { isSyncOnly: true }),
          ...(rest.loses && { loses: rest.loses }),
        });
      };
      return { CallExpression: look, NewExpression: look };
    },
  };
  const messages = new Linter().verify(
    code,
    [
      {
        files: ['**/*.ts'],
        languageOptions: { parser: parser as unknown as Linter.Parser },
        plugins: { test: { rules: { rule } } },
        rules: { 'test/rule': 'error' },
      },
    ],
    { filename: 'server.ts' },
  );
  if (messages.length > 0) throw new Error(messages[0]?.message);
  return seen;
}
