import { readFileSync, statSync } from 'node:fs';
import { bundleSizesFile } from '../packages/vscode/bundle-sizes.mjs';
import { vsixFile } from '../packages/vscode/scripts/package.mjs';
import { table } from './report.ts';

/** Packages with less than this in a bundle are counted together. */
const WORTH_A_LINE = 40_000;

/** What people download, and whose code it is. */
export function benchPackage() {
  const { size } = statSync(vsixFile);
  console.log(
    `\nThe package: ${(size / 1e6).toFixed(2)} MB to download; whose code each bundle is (kB, before minifying)\n`,
  );
  /** @type {Record<string, Record<string, number>>} */
  const bundles = JSON.parse(readFileSync(bundleSizesFile, 'utf8'));
  const rows = Object.entries(bundles).flatMap(([bundle, packages]) => {
    const bySize = Object.entries(packages).sort(([, one], [, other]) => other - one);
    const large = bySize.filter(([, bytes]) => bytes >= WORTH_A_LINE);
    const rest = bySize.slice(large.length);
    const others = [`${String(rest.length)} others`, sum(rest)];
    return [[bundle, sum(bySize)], ...[...large, ...(rest.length > 0 ? [others] : [])].map(indented)];
  });
  table(
    ['', 'kB'],
    rows.map(([name, bytes]) => [name, (bytes / 1000).toFixed(0)]),
  );
}

/** @param {[string, number]} row */
function indented([name, bytes]) {
  return [`  ${name}`, bytes];
}

/** @param {[string, number][]} entries */
function sum(entries) {
  return entries.reduce((total, [, bytes]) => total + bytes, 0);
}
