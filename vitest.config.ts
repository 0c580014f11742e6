import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const takesMinutes = /\/fixtures\/test\/(?:scaffold-matrix|fixtures|handler-matrix|scaffold-load)\.test\.ts$/;

/** What takes minutes begins first: at the end one worker would be left with it. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => takesMinutes.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

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
    // Three files with two simulations at a time: these mostly wait, and a crowded machine blurs what is measured in
    // milliseconds.
    maxWorkers: 3,
    maxConcurrency: 2,
    sequence: { sequencer: LongestFirst },
    ...(process.env.TEST_RESULT_FILE && {
      reporters: ['default', 'json'],
      outputFile: { json: process.env.TEST_RESULT_FILE },
    }),
  },
});
