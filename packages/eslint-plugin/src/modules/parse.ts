import type { TSESTree } from '@typescript-eslint/utils';
import { readFileSync, statSync } from 'node:fs';
import type { Parser } from './context.js';

const cache = new WeakMap<Parser, Map<string, { stamp: string; program: TSESTree.Program | null }>>();

/**
 * The tree of another module, read again only when its time of change or its size has changed.
 * Null when it cannot be read, or not with this parser.
 */
export function parseModule(file: string, parser: Parser): TSESTree.Program | null {
  let known = cache.get(parser);
  if (!known) cache.set(parser, (known = new Map()));
  try {
    const { mtimeMs, size } = statSync(file);
    const stamp = `${mtimeMs}:${size}`;
    const before = known.get(file);
    if (before?.stamp === stamp) return before.program;
    const text = readFileSync(file, 'utf8');
    const program = parse(text, file, 'module', parser) ?? parse(text, file, 'script', parser);
    known.set(file, { stamp, program });
    return program;
  } catch {
    return null;
  }
}

function parse(text: string, filePath: string, sourceType: string, parser: Parser): TSESTree.Program | null {
  const options = { ecmaVersion: 'latest', sourceType, filePath, range: true, loc: true };
  try {
    const tree = parser.parseForESLint
      ? parser.parseForESLint(text, options).ast
      : parser.parse?.(text, options);
    return (tree as TSESTree.Program | undefined) ?? null;
  } catch {
    return null;
  }
}
