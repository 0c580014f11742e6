import { defineConfig } from 'vitest/config';

// Tests start real servers and send real signals: they wait for conditions, and these limits only end a hang.
export default defineConfig({
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'fixtures/test/**/*.test.ts',
      'scripts/**/*.test.ts',
      'tools/corpus/*.test.ts',
    ],
    exclude: ['**/node_modules/**', 'packages/vscode/test/host/**', 'packages/vscode/test/ui/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two at a time: a drain is measured in milliseconds, and a crowded machine blurs what is measured.
    maxWorkers: 2,
    // Of those that say so: a simulation mostly waits.
    maxConcurrency: 3,
    ...(process.env.TEST_RESULT_FILE && {
      reporters: ['default', 'json'],
      outputFile: { json: process.env.TEST_RESULT_FILE },
    }),
  },
});
