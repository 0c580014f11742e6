// What VS Code loads inside its extension host. The same module runs under @vscode/test-electron: everything it needs
// comes from the environment and from the open folder.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Runs every suite; rejects when a test failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, color: false, reporter: 'spec' });
  const suites = join(__dirname, 'suites');
  const only = process.env['HOST_TEST_ONLY'] ?? '';
  for (const file of readdirSync(suites)) {
    if (file.endsWith('.test.cjs') && file.includes(only)) mocha.addFile(join(suites, file));
  }
  let passed = 0;
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => {
      passed += 1;
    });
  });
  const resultFile = process.env['HOST_TEST_RESULT'];
  if (resultFile !== undefined) writeFileSync(resultFile, JSON.stringify({ passed, failed }));
  if (failed > 0) throw new Error(`${String(failed)} tests failed`);
}
