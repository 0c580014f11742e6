import js from '@eslint/js';
import gracefulShutdown from 'eslint-plugin-graceful-shutdown';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // Servers in fixtures are wrong on purpose; the tests lint each one against its expectation.
  globalIgnores([
    '**/dist/',
    '**/.cache/',
    'fixtures/*/*/',
    'packages/*/test/**/fixtures/',
    'benchmarks/drain-server.mjs',
    'packages/vscode/media/sample/',
  ]),
  js.configs.recommended,
  tseslint.configs.strict,
  gracefulShutdown.configs.strict,
  {
    languageOptions: { globals: globals.node },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // What Playwright evaluates runs in the browser.
    files: ['packages/vscode/test/ui/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['packages/vscode/src/core/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'vscode',
          message: 'core/ is pure: pass in what it needs, so that it runs without VS Code.',
        },
      ],
    },
  },
);
