import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * The Node.js binaries that are installed here, for tests that run servers on every supported version.
 * @returns {{ major: 20 | 22 | 24 | 26, path: string }[]} oldest first; empty where the packages have no build for this machine
 */
export function installedNodes() {
  return /** @type {const} */ ([20, 22, 24, 26]).flatMap((major) => {
    try {
      return [{ major, path: join(dirname(require.resolve(`node-${major}/package.json`)), 'bin', 'node') }];
    } catch {
      return [];
    }
  });
}
