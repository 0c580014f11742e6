import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whose code is in each bundle, in bytes before it is minified; not part of the package. */
export const bundleSizesFile = fileURLToPath(new URL('../../.cache/bundle-sizes.json', import.meta.url));

const nameOfPackage = /^.*\/(?:node_modules|packages)\/((?:@[^/]+\/)?[^/]+)\//;

/** @type {Record<string, Record<string, number>>} */
const sizes = {};

/** Notes for each bundle how much of it is from which package. */
export const bundleSizes = {
  name: 'bundle-sizes',
  generateBundle({ dir = '' }, bundle) {
    for (const { fileName, modules = {} } of Object.values(bundle)) {
      for (const [id, { renderedLength }] of Object.entries(modules)) {
        const owner = nameOfPackage.exec(id)?.[1] ?? 'glue';
        const file = (sizes[`${basename(dir)}/${fileName}`] ??= {});
        file[owner] = (file[owner] ?? 0) + renderedLength;
      }
    }
    mkdirSync(dirname(bundleSizesFile), { recursive: true });
    writeFileSync(bundleSizesFile, JSON.stringify(sizes, null, 2));
  },
};
