import type { TSESLint } from '@typescript-eslint/utils';
import type { SourceCode } from '../ast/types.js';
import type { ServerSite } from '../model/model.js';
import { findBinding, type Binding } from '../scaffold/binding.js';
import { httpTemplate } from '../scaffold/http.js';
import { severalHttpTemplate } from '../scaffold/http-several.js';
import { Imports } from '../scaffold/imports.js';
import { insertAfter } from '../scaffold/insert-after.js';
import { freshNames } from '../scaffold/names.js';
import { styleOf } from '../scaffold/style.js';
import { inStyle } from '../scaffold/template.js';
import { isRefused, type ScaffoldOptions } from './insert-scaffold.js';
import { indentOf } from './statement.js';

type InStatement = Extract<Binding, { kind: 'named' | 'statement' }>;

/**
 * The edit that drains several HTTP servers of one process together, where they listen one after another in the same
 * block. Each on its own would exit the process under the requests of the others. Null in all other cases.
 */
export function insertSharedScaffold(
  sourceCode: SourceCode,
  sites: readonly ServerSite[],
  { signals, drainTimeoutMs, filename, ecmaVersion }: ScaffoldOptions,
): TSESLint.ReportFixFunction | null {
  const known: InStatement[] = [];
  for (const site of sites) {
    const binding = findInStatement(sourceCode, site, filename);
    const [first = binding] = known;
    if (!binding || binding.statement.parent !== first?.statement.parent) return null;
    known.push(binding);
  }
  const last = known.at(-1);
  if (!last) return null;
  const style = styleOf(sourceCode, filename, ecmaVersion);
  // A variable that may be unset, or a wider type, would need a narrowing of its own for each.
  if (style.typescript && sites.some(({ framework }) => framework.isWidelyTyped)) return null;
  if (style.typescript && known.some((binding) => binding.kind === 'named' && binding.mayBeUndefined))
    return null;

  const imports = new Imports(sourceCode, style);
  const fresh = freshNames(sourceCode);
  const servers = known.map((binding) =>
    binding.kind === 'named' ? binding.server : fresh('server', 'httpServer'),
  );
  const text = severalHttpTemplate({ servers, signals, drainTimeoutMs, style, imports, fresh });
  const { newline } = style;
  const base = indentOf(sourceCode, last.statement);
  const body = newline + newline + inStyle(text, style, base);
  return (fixer) => [
    ...imports.insert(fixer),
    ...known.flatMap(({ kind, statement }, index) =>
      kind === 'statement' ? [fixer.insertTextBefore(statement, `const ${servers[index] ?? ''} = `)] : [],
    ),
    insertAfter(fixer, sourceCode, last.statement, body, { newline, base }),
  ];
}

function findInStatement(sourceCode: SourceCode, site: ServerSite, filename: string): InStatement | null {
  const { framework } = site;
  if (framework.drain !== httpTemplate || isRefused(site, filename)) return null;
  const binding = findBinding(sourceCode, site);
  const isInBlock = binding?.statement.parent?.type !== 'IfStatement';
  return isInBlock && (binding?.kind === 'named' || binding?.kind === 'statement') ? binding : null;
}
