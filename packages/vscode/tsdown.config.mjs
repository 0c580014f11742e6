import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig } from 'tsdown';
import { bundleSizes } from './bundle-sizes.mjs';

const licences = new Map();
const packageFolder = /^.*\/node_modules\/(@[^/]+\/)?[^/]+(?=\/)/;

const common = {
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  // What an earlier build has left would be packaged.
  clean: true,
  dts: false,
  minify: true,
  // The other form of jsonc-parser looks for its parts by a function that a bundler cannot follow.
  inputOptions: { resolve: { mainFields: ['module', 'main'] } },
};

// All that is imported goes in, since the package is installed without node_modules. jiti loads configuration files
// that are written in TypeScript: ESLint has it as an option, and we load none.
const everything = { alwaysBundle: [/./], onlyBundle: false, neverBundle: ['vscode', 'jiti'] };

// The simulator stays a module of its own: it finds its preload and its guard beside itself.
const simulator = dirname(createRequire(import.meta.url).resolve('sigterm'));
const languageServer = dirname(
  createRequire(import.meta.url).resolve('graceful-shutdown-language-server/protocol'),
);

/** Lets the extension load the simulator from where the second build puts it. */
const simulatorBesideUs = {
  name: 'simulator-beside-us',
  resolveId(id) {
    const [name, part = 'index'] = /^sigterm(?:\/(html))?$/.exec(id) ?? [];
    return name === undefined ? undefined : { id: `./sigterm/${part}.js`, external: true };
  },
};

/** Collects the licences of all packages whose code is in a bundle: they ask for that. */
const notices = {
  name: 'third-party-notices',
  generateBundle(_options, bundle) {
    const bundled = Object.values(bundle).flatMap(({ modules = {} }) => Object.keys(modules));
    const folders = new Set(bundled.flatMap((id) => packageFolder.exec(id)?.[0] ?? []));
    for (const folder of folders) {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
      licences.set(`${name} ${version}`, `${name} ${version} (${license})\n\n${text}\n`);
    }
    const all = [...licences].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
    mkdirSync(join(import.meta.dirname, 'dist'), { recursive: true });
    writeFileSync(
      join(import.meta.dirname, 'dist/third-party-notices.txt'),
      all.join(`\n${'-'.repeat(80)}\n\n`),
    );
  },
};

export default defineConfig([
  {
    ...common,
    entry: { extension: 'src/extension.ts' },
    // The types of the compiler, the tests and the other bundles have builds of their own.
    clean: ['dist/*', '!dist/types', '!dist/test', '!dist/language-server', '!dist/sigterm'],
    format: 'cjs',
    deps: everything,
    plugins: [simulatorBesideUs, notices, bundleSizes],
  },
  {
    ...common,
    entry: {
      main: join(languageServer, 'main.js'),
      'config-process': join(languageServer, 'config/config-process.js'),
    },
    outDir: 'dist/language-server',
    // ESLint is no ES module, and does not become one.
    format: 'cjs',
    deps: everything,
    plugins: [notices, bundleSizes],
    outputOptions: { chunkFileNames: '[name].cjs' },
  },
  {
    ...common,
    entry: {
      index: join(simulator, 'index.js'),
      html: join(simulator, 'reporters/html/index.js'),
      guard: join(simulator, 'process/guard.js'),
      worker: 'src/simulation/worker.ts',
    },
    outDir: 'dist/sigterm',
    format: 'esm',
    outExtensions: () => ({ js: '.js' }),
    deps: everything,
    plugins: [notices, bundleSizes],
    outputOptions: { chunkFileNames: '[name].js' },
    // Loaded with --require by the servers under test, so they stay as they are.
    copy: readdirSync(join(simulator, 'preload'))
      .filter((file) => file.endsWith('.cjs'))
      .map((file) => join(simulator, 'preload', file)),
  },
]);
