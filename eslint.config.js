import js from '@eslint/js';
import gracefulShutdown from 'eslint-plugin-graceful-shutdown';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // Fixtures are wrong on purpose; the tests lint each one against its expectation.
  globalIgnores(['**/dist/', '**/.cache/', 'fixtures/', 'packages/*/test/**/fixtures/']),
  js.configs.recommended,
  tseslint.configs.strict,
  gracefulShutdown.configs.strict,
  {
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  {
    files: ['packages/vscode/src/core/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { name: 'vscode', message: 'core/ is pure: pass in what it needs, so that it runs without VS Code.' },
      ],
    },
  },
);
