// Writes l10n/bundle.l10n.json, what a translation of the extension begins with: every text that the sources show by
// `l10n.t()`. Pure code gets the same function as a parameter `t`.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const extension = fileURLToPath(new URL('..', import.meta.url));

/** Where {@link extractStrings} is written to. */
export const bundleFile = join(extension, 'l10n/bundle.l10n.json');

/**
 * All texts of the extension's sources.
 * @returns {Record<string, string>} each by itself: English is the key of a translation
 */
export function extractStrings() {
  const sources = readdirSync(join(extension, 'src'), { recursive: true, encoding: 'utf8' });
  const texts = new Set(
    sources.filter((file) => file.endsWith('.ts')).flatMap((file) => textsOf(join(extension, 'src', file))),
  );
  return Object.fromEntries([...texts].sort().map((text) => [text, text]));
}

/** @param {string} file */
function textsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023);
  /** @type {string[]} */
  const texts = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) && isTranslation(node.expression)) {
      const [text] = node.arguments;
      if (text === undefined || !ts.isStringLiteralLike(text)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        throw new Error(`${relative(extension, file)}:${String(line + 1)}: only a literal can be translated`);
      }
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/**
 * Whether this is what is called in `l10n.t('…')` or `t('…')`.
 * @param {ts.Expression} callee
 * @returns {boolean}
 */
export function isTranslation(callee) {
  if (ts.isIdentifier(callee)) return callee.text === 't';
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 't' &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === 'l10n'
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(join(extension, 'l10n'), { recursive: true });
  writeFileSync(bundleFile, `${JSON.stringify(extractStrings(), null, 2)}\n`);
}
