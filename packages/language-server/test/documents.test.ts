import { describe, expect, it } from 'vitest';
import { documentFilename } from '../src/documents/document-filename.js';
import { projectRoot } from '../src/documents/project-root.js';

describe('the name a document is linted under', () => {
  it.each([
    ['file:///app/my%20server.ts', 'typescript', '/app/my server.ts'],
    ['file:///app/bin/server', 'javascript', '/app/bin/server.js'],
    ['untitled:Untitled-1', 'typescript', 'Untitled-1.ts'],
    ['vscode-vfs://github/owner/name/server.mts', 'typescript', 'owner/name/server.mts'],
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
