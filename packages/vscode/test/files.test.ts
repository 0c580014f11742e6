import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutEditorVariables } from '../src/core/editor-variables.js';
import { canLoad, packageFolder } from '../src/core/package-folder.js';

describe('the folder of a package', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'package-folder-'));
    mkdirSync(join(root, 'api/src'), { recursive: true });
    mkdirSync(join(root, 'node_modules/tsx'), { recursive: true });
    writeFileSync(join(root, 'api/package.json'), '{}');
    writeFileSync(join(root, 'node_modules/tsx/index.js'), '');
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('is the nearest one above the file', () => {
    expect(packageFolder(join(root, 'api/src/server.js'))).toBe(join(root, 'api'));
  });

  it('tells which packages its code can load', () => {
    expect(canLoad('tsx', join(root, 'api'))).toBe(true);
    expect(canLoad('no-such-package', join(root, 'api'))).toBe(false);
  });
});

it('a server does not see the variables of the editor', () => {
  const environment = {
    PATH: '/bin',
    VSCODE_PID: '1',
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '',
    NODE_ENV: 'test',
  };
  expect(withoutEditorVariables(environment)).toEqual({ PATH: '/bin', NODE_ENV: 'test' });
});
