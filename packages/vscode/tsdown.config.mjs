import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig } from 'tsdown';

const common = {
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  clean: false,
  dts: false,
  minify: true,
};

// All that is imported goes in, since the package is installed without node_modules. jiti loads configuration files
// that are written in TypeScript: ESLint has it as an option, and we load none.
const everything = { alwaysBundle: [/./], onlyBundle: false, neverBundle: ['vscode', 'jiti'] };

// The simulator stays a module of its own: it finds its preload and its guard beside itself.
const simulator = dirname(createRequire(import.meta.url).resolve('sigterm'));

/** Lets the extension load the simulator from where the second build puts it. */
const simulatorBesideUs = {
  name: 'simulator-beside-us',
  resolveId: (id) => (id === 'sigterm' ? { id: './sigterm/index.js', external: true } : undefined),
};

export default defineConfig([
  {
    ...common,
    entry: { extension: 'src/extension.ts' },
    format: 'cjs',
    deps: everything,
    plugins: [simulatorBesideUs],
  },
  {
    ...common,
    entry: { server: 'src/server/main.ts' },
    format: 'cjs',
    deps: everything,
    outputOptions: { chunkFileNames: 'server-[name].cjs' },
  },
  {
    ...common,
    entry: {
      index: join(simulator, 'index.js'),
      guard: join(simulator, 'process/guard.js'),
    },
    outDir: 'dist/sigterm',
    format: 'esm',
    outExtensions: () => ({ js: '.js' }),
    deps: everything,
    outputOptions: { chunkFileNames: '[name].js' },
    // Loaded with --require by the servers under test, so they stay as they are.
    copy: ['preload.cjs', 'hold.cjs'].map((file) => join(simulator, 'preload', file)),
  },
]);
