import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Which of the fixtures' frameworks the tests of the editor use. */
const frameworks = ['http', 'express'];

/**
 * A throw-away copy of the fixtures to edit and to run, with their dependencies in place and `tsx` beside them.
 * @returns {string} the folder
 */
export function makeWorkspace() {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'graceful-shutdown-workspace-')));
  for (const framework of frameworks) {
    const fixture = join(repository, 'fixtures', framework);
    const copy = join(workspace, framework);
    cpSync(fixture, copy, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
    if (existsSync(join(fixture, 'node_modules')))
      symlinkSync(join(fixture, 'node_modules'), join(copy, 'node_modules'));
  }
  mkdirSync(join(workspace, 'node_modules'));
  symlinkSync(join(repository, 'packages/simulator/node_modules/tsx'), join(workspace, 'node_modules/tsx'));
  return workspace;
}
