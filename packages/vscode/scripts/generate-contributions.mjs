// Writes what package.json says about commands, settings and activation from src/contributions.ts, the one source of it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const manifestFile = new URL('../package.json', import.meta.url);
const sourceFile = new URL('../src/contributions.ts', import.meta.url);

/** The text that package.json should have. */
export async function generatedManifest() {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const { manifestParts } = await loadContributions();
  return `${JSON.stringify({ ...manifest, ...manifestParts() }, null, 2)}\n`;
}

// It imports types only, so one file can be translated and loaded by itself, by every Node.js we support.
function loadContributions() {
  const { outputText } = ts.transpileModule(readFileSync(sourceFile, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  return import(`data:text/javascript,${encodeURIComponent(outputText)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(manifestFile, await generatedManifest());
