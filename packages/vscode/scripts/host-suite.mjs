// What the suite that runs inside the extension host needs, wherever VS Code comes from.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWorkspace } from '../test/make-workspace.mjs';

const extension = fileURLToPath(new URL('..', import.meta.url));

/** The servers under test listen on a free port each: another test may use the usual one at the same time. */
export const anyPort = { PORT: '0' };

/** The extension, its tests, and with what they run. */
export const hostSuite = {
  extension,
  tests: join(extension, 'dist/test/host/index.cjs'),
  env: { ...anyPort, TEST_ESLINT_PLUGIN: join(extension, '../eslint-plugin') },
  extensions: [join(extension, 'test/host/eslint-stand-in')],
  settings: { 'gracefulShutdown.simulate.hold': 500 },
};

/** Bundles the extension and its tests. */
export function bundle() {
  for (const config of ['tsdown.config.mjs', 'tsdown.test.config.mjs'])
    execFileSync('tsdown', ['--config', config, '--logLevel', 'warn'], { cwd: extension, stdio: 'inherit' });
}

/**
 * Gives a test a folder of servers, which goes away after it.
 * @template Result
 * @param {(workspace: string) => Promise<Result>} test
 */
export async function inWorkspace(test) {
  const workspace = makeWorkspace();
  try {
    return await test(workspace);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}
