import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterEach } from 'vitest';
import { Client, type StartOptions } from './client.js';

/**
 * Gives the tests of a block a way to start the server in a folder with these files, each its own; after each test both are
 * gone.
 */
export function startsInFolder() {
  let client: Client | undefined;
  let folder: FsFixture | undefined;
  afterEach(async () => {
    // Some tests end it themselves.
    if (client?.process.exitCode === null && client.process.signalCode === null) await client.stop();
    await folder?.rm();
    client = undefined;
    folder = undefined;
  });
  return async (files: Record<string, string> = {}, options: StartOptions = {}) => {
    folder = await createFixture({ 'package.json': '{ "name": "app", "type": "module" }', ...files });
    const at = (name: string) => join(folder?.path ?? '', name);
    client = await Client.start({ folders: [folder.path], ...options });
    return { client, at, uriOf: (name: string) => pathToFileURL(at(name)).href };
  };
}
