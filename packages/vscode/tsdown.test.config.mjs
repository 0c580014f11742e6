import { readdirSync } from 'node:fs';
import { defineConfig } from 'tsdown';

const suites = readdirSync(new URL('test/host/suites', import.meta.url))
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => [`suites/${file.slice(0, -'.ts'.length)}`, `test/host/suites/${file}`]);

// The suite that runs inside the extension host; it is not part of the package.
export default defineConfig({
  entry: { index: 'test/host/index.ts', ...Object.fromEntries(suites) },
  outDir: 'dist/test/host',
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  dts: false,
  deps: { neverBundle: ['vscode', 'mocha'] },
});
