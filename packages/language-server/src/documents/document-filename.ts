import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const extensions: Record<string, string> = {
  javascript: '.js',
  javascriptreact: '.jsx',
  typescript: '.ts',
  typescriptreact: '.tsx',
};

const known = /^\.([jt]sx?|[cm][jt]s)$/;

/**
 * The file name a document is linted under. The name's end decides how it is parsed, so a document without a known end
 * (untitled, or a script such as `bin/server`) gets the one of its language.
 * @returns an absolute path, or a relative one where the document is not on this disk: nothing stands beside that
 */
export function documentFilename(uri: string, languageId: string): string {
  const name = uri.startsWith('file:') ? fileURLToPath(uri) : otherPath(uri);
  return known.test(extname(name)) ? name : `${name}${extensions[languageId] ?? '.js'}`;
}

function otherPath(uri: string): string {
  return decodeURIComponent(new URL(uri).pathname).replace(/^\/+/, '');
}
