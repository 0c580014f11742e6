import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';

const shared = {
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  clean: false,
  dts: false,
  minify: true,
  sourcemap: false,
  // All that is imported goes in: the package is installed without node_modules.
  deps: { alwaysBundle: [/./], onlyBundle: false, neverBundle: ['vscode'] },
};

export default defineConfig([
  { ...shared, entry: { extension: 'src/extension.ts' }, format: 'cjs' },
  { ...shared, entry: { server: 'src/server/main.ts' }, format: 'cjs' },
]);
