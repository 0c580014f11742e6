import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentFilename } from '../src/core/document-filename.js';
import { withoutEditorVariables } from '../src/core/editor-variables.js';
import { canLoad, packageFolder } from '../src/core/package-folder.js';
import { projectRoot } from '../src/core/project-root.js';

describe('the name a document is linted under', () => {
  it.each([
    ['file:///app/my%20server.ts', 'typescript', '/app/my server.ts'],
    ['file:///app/bin/server', 'javascript', '/app/bin/server.js'],
    ['untitled:Untitled-1', 'typescript', '/Untitled-1.ts'],
    ['vscode-vfs://github/owner/name/server.mts', 'typescript', '/owner/name/server.mts'],
  ])('%s', (uri, language, filename) => {
    expect(documentFilename(uri, language)).toBe(filename);
  });
});

describe('the root of a project', () => {
  it('is the innermost open folder around the file, else its own folder', () => {
    const folders = ['/repo', '/repo/packages/api', '/repo/packages/a'];
    expect(projectRoot('/repo/packages/api/src/server.js', folders)).toBe('/repo/packages/api');
    expect(projectRoot('/repo/scripts/server.js', folders)).toBe('/repo');
    expect(projectRoot('/elsewhere/server.js', folders)).toBe('/elsewhere');
  });
});

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
