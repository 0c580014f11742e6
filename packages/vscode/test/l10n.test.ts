import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { bundleFile, extractStrings, isTranslation } from '../scripts/extract-strings.mjs';
import { manifestParts } from '../src/manifest.js';

const { nls } = manifestParts();
const extension = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as unknown;

describe('what package.json says', () => {
  it('is in a translation, word for word', () => {
    const translated = Object.fromEntries(Object.entries(nls).map(([key, text]) => [key, pseudo(text)]));
    const manifest = read(`${extension}package.json`) as Record<string, unknown>;
    const { displayName, description, capabilities, contributes } = manifest;
    const shown = strings({ displayName, description, capabilities, contributes });
    const escaped = shown
      .map(({ path, text }) => ({ path, text: text.replace(/^%(.*)%$/, (_, key) => translated[key] ?? '') }))
      .filter(({ path, text }) => !isPseudo(text) && !path.some(isForMachines));
    expect(escaped).toEqual([]);
  });

  it('notices a text that is none', () => {
    const [text] = strings({ contributes: { commands: [{ command: 'a.b', title: 'Do It' }] } }).filter(
      ({ path }) => !path.some(isForMachines),
    );
    expect(text?.text).toBe('Do It');
  });
});

describe('the texts of the sources', () => {
  it('are in the bundle; `pnpm --filter vscode-graceful-shutdown generate` writes it', () => {
    expect(read(bundleFile)).toEqual(extractStrings());
  });

  it('are shown by l10n.t(), or by t() in pure code', () => {
    const files = ['src/extension.ts', ...['features', 'core'].flatMap(filesOf)];
    expect(files.flatMap((file) => sentences(file, readFileSync(extension + file, 'utf8')))).toEqual([]);
  });

  it('are noticed where they are not', () => {
    expect(sentences('a.ts', 'show(`Nothing at ${place}`, t("all is well"))')).toEqual(['a.ts: Nothing at ']);
  });
});

/** A language that differs from English in every text, and keeps what is replaced in them. */
function pseudo(text: string): string {
  return `⟦${text.replaceAll('e', 'ë')}⟧`;
}

function isPseudo(text: string): boolean {
  return text.startsWith('⟦') && text.endsWith('⟧');
}

/** Whether VS Code reads what stands under this key and shows it to nobody. A key that is not listed must be a text. */
function isForMachines(key: string): boolean {
  return (
    /^(command|when|icon|enablement|type|default|scope|enum|id|group|key|mac|supported|order)$/.test(key) ||
    /^(restrictedConfigurations|completionEvents|image|svg|viewType|editPresentation|tags|pattern)$/.test(key)
  );
}

function strings(value: unknown, path: string[] = []): { path: string[]; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => strings(child, [...path, key]));
}

function filesOf(folder: string): string[] {
  return readdirSync(`${extension}src/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/${folder}/${file}`);
}

/** Literals with two words in a row that no translation can reach. What plain errors say is for us, not for users. */
function sentences(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTranslation(node.expression)) {
      node.arguments.slice(1).forEach(visit);
      return;
    }
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Error')
      return;
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node);
    if (isText && /\p{L}{2,} +\p{L}/u.test(node.text) && !isCommand(node.text))
      found.push(`${file}: ${node.text}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What a terminal understands is the same in every language. */
function isCommand(text: string): boolean {
  return text.startsWith('node ');
}
