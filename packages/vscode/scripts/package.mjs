// Packs the bundle into a .vsix, and refuses one that is not what it should be.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX, listFiles } from '@vscode/vsce';

const extension = fileURLToPath(new URL('..', import.meta.url));
const repository = join(extension, '../..');
const stage = join(repository, '.cache/vsix');

/** The packaged extension. */
export const vsixFile = join(extension, 'vscode-graceful-shutdown.vsix');

/** What people download with each update. */
const mostBytes = 5_000_000;

/**
 * Builds the package from what `bundle` has left in dist.
 * @returns {Promise<{ file: string, bytes: number }>}
 */
export async function packageExtension() {
  if (!existsSync(join(extension, 'dist/extension.cjs')))
    throw new Error('nothing is bundled: run "bundle" first');
  fillStage();
  const native = (await listFiles({ cwd: stage })).filter((file) => file.endsWith('.node'));
  if (native.length > 0) throw new Error(`native binaries run on one system only: ${native.join(', ')}`);
  await createVSIX({ cwd: stage, packagePath: vsixFile, dependencies: false, ...baseUrls() });
  const { size } = statSync(vsixFile);
  if (size > mostBytes)
    throw new Error(`${vsixFile} has ${String(size)} bytes, more than ${String(mostBytes)}`);
  return { file: vsixFile, bytes: size };
}

// vsce makes relative links absolute, as if the extension were the whole repository.
function baseUrls() {
  const { homepage, repository: where } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  const site = new URL(homepage);
  const at = (/** @type {string} */ kind) => `${site.origin}${site.pathname}/${kind}/HEAD/${where.directory}`;
  return { baseContentUrl: at('blob'), baseImagesUrl: at('raw') };
}

// A folder with nothing else in it: what is packaged is what is copied here, and the manifest is that of a user.
function fillStage() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const {
    private: _,
    scripts,
    devDependencies,
    ...manifest
  } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const part of ['README.md', 'CHANGELOG.md', 'package.nls.json', 'l10n', 'media', 'images'])
    cpSync(join(extension, part), join(stage, part), { recursive: true });
  cpSync(join(repository, 'LICENSE'), join(stage, 'LICENSE'));
  // The stage has only what is to be packaged; without this file vsce warns that it has everything.
  writeFileSync(join(stage, '.vscodeignore'), '');
  const leftOut = ['types', 'test'].map((folder) => join(extension, 'dist', folder));
  cpSync(join(extension, 'dist'), join(stage, 'dist'), {
    recursive: true,
    filter: (path) => !leftOut.includes(path),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { file, bytes } = await packageExtension();
  console.log(`${file}: ${(bytes / 1e6).toFixed(2)} MB`);
}
