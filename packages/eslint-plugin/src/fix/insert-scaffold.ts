import type { TSESLint } from '@typescript-eslint/utils';
import { isFunction, type Node, type SourceCode } from '../ast/types.js';
import type { ServerSite } from '../model/model.js';
import { findBinding, type Binding } from '../scaffold/binding.js';
import { bunTemplate } from '../scaffold/bun.js';
import { httpTemplate } from '../scaffold/http.js';
import { Imports } from '../scaffold/imports.js';
import { insertAfter } from '../scaffold/insert-after.js';
import { freshNames } from '../scaffold/names.js';
import { runsOnBun } from '../scaffold/runs-on-bun.js';
import { styleOf } from '../scaffold/style.js';
import { inStyle } from '../scaffold/template.js';
import { findAttached } from './find-attached.js';
import { indentOf } from './statement.js';

/** What the scaffold is to do. */
export interface ScaffoldOptions {
  readonly signals: readonly string[];
  readonly drainTimeoutMs: number;
  readonly filename: string;
  readonly ecmaVersion: number;
}

/** Whether the framework's drain would be wrong for this server, or nothing tells that it is right. */
export function isRefused({ framework, creation, listen }: ServerSite, filename: string): boolean {
  if (framework.drain !== bunTemplate && runsOnBun(listen)) return true;
  if (!framework.refuses) return false;
  return creation === null || framework.refuses(creation, listen, filename) !== null;
}

/** The edit that makes a server drain on the signals; null where it cannot be written safely. */
export function insertScaffold(
  sourceCode: SourceCode,
  site: ServerSite,
  { signals, drainTimeoutMs, filename, ecmaVersion }: ScaffoldOptions,
): TSESLint.ReportFixFunction | null {
  const { drain: template } = site.framework;
  const binding = isRefused(site, filename) ? null : findBinding(sourceCode, site);
  if (!binding || !template) return null;
  const attached = template === httpTemplate ? findAttached(sourceCode, binding.statement, filename) : [];
  if (!attached) return null;
  const style = styleOf(sourceCode, filename, ecmaVersion);
  const imports = new Imports(sourceCode, style);
  const fresh = freshNames(sourceCode);
  const narrowed =
    style.typescript && site.framework.isWidelyTyped
      ? ` as ${imports.use({ module: 'http', name: 'Server', as: fresh('Server', 'HttpServer'), typeOnly: true })}`
      : '';
  // A variable that may change is copied: TypeScript would not know in a callback that it is set.
  const isCopied =
    binding.kind === 'named' && (narrowed !== '' || (style.typescript && binding.mayBeUndefined));
  // Where the raw server gets a name too, this is the application.
  const newName = () =>
    site.framework.rawServer ? fresh('app', 'application') : fresh('server', 'httpServer');
  const server = binding.kind === 'named' && !isCopied ? binding.server : newName();
  const { creation } = site;
  const drain = template({ server, creation, attached, signals, drainTimeoutMs, style, imports, fresh });
  const canonical = isCopied ? `const ${server} = ${binding.server}${narrowed};\n\n${drain}` : drain;

  const base = indentOf(sourceCode, binding.statement);
  const semicolon = style.semicolons ? ';' : '';
  const { newline } = style;
  const declare = (expression: Node) =>
    `const ${server} = ${sourceCode.getText(expression)}${narrowed}${semicolon}`;

  return (fixer) => [...imports.insert(fixer), ...place(fixer)];

  function place(fixer: TSESLint.RuleFixer): TSESLint.RuleFix[] {
    const { kind, statement } = binding as Binding;
    const body = (indent: string) => inStyle(canonical, style, indent);
    if (kind === 'named') return after(fixer, statement, body);
    const { expression } = binding as Exclude<Binding, { kind: 'named' }>;
    if (kind === 'statement') {
      // First the type: without a semicolon, expression and statement end at the same place.
      return [
        ...(narrowed ? [fixer.insertTextAfter(expression, narrowed)] : []),
        ...after(fixer, statement, body, `const ${server} = `),
      ];
    }
    if (kind === 'hoist') {
      const lines = `${declare(expression)}${newline}${newline}${body(base)}${newline}${newline}${base}`;
      return [fixer.insertTextBefore(statement, lines), fixer.replaceText(expression, server)];
    }
    const inner = isFunction(statement) ? base + style.indent : base;
    const lines = [
      `${inner}${declare(expression)}`,
      '',
      body(inner),
      '',
      `${inner}return ${server}${semicolon}`,
    ].join(newline);
    if (!isFunction(statement)) return [fixer.replaceText(statement, lines.trimStart())];
    // From the arrow on, so that parentheses around the body go too.
    const arrow = sourceCode.getTokenBefore(statement.body, (token) => token.value === '=>');
    return [
      fixer.replaceTextRange(
        [arrow?.range[1] ?? statement.body.range[0], statement.range[1]],
        ` {${newline}${lines}${newline}${base}}`,
      ),
    ];
  }

  /** The scaffold behind a statement, `start` before it; in braces where the statement is the whole body of an `if`. */
  function after(
    fixer: TSESLint.RuleFixer,
    statement: Node,
    body: (indent: string) => string,
    start = '',
  ): TSESLint.RuleFix[] {
    const isBare = statement.parent?.type === 'IfStatement';
    const inner = isBare ? base + style.indent : base;
    const open = isBare ? `{${newline}${inner}${start}` : start;
    const close = isBare ? `${newline}${base}}` : '';
    const lines = newline + newline + body(inner) + close;
    return [
      ...(open ? [fixer.insertTextBefore(statement, open)] : []),
      isBare
        ? fixer.insertTextAfter(statement, lines)
        : insertAfter(fixer, sourceCode, statement, lines, { newline, base }),
    ];
  }
}
