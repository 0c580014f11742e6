// Writes what package.json says about commands, settings and activation from src/contributions.ts and src/settings.ts, the source of it,
// its texts to package.nls.json, and the tables of commands and settings to README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { manifestParts } from '../src/manifest.js';
import { withTables } from './readme-tables.mjs';

const manifestFile = new URL('../package.json', import.meta.url);
const textsFile = new URL('../package.nls.json', import.meta.url);
const readmeFile = new URL('../README.md', import.meta.url);

const parts = manifestParts();
const { manifest, nls } = parts;
const current = JSON.parse(readFileSync(manifestFile, 'utf8'));
writeFileSync(manifestFile, toJson({ ...current, ...manifest }));
writeFileSync(textsFile, toJson(nls));
writeFileSync(readmeFile, withTables(readFileSync(readmeFile, 'utf8'), parts));

/** @param {object} value */
function toJson(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
