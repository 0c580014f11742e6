import { createFixture } from 'fs-fixture';
import { afterEach, expect, test } from 'vitest';
import { forgetDisk, lookAtDisk, oncePerLook, rememberDisk, textOf } from '../src/modules/disk.js';

const asked = oncePerLook(textOf);

afterEach(() => {
  rememberDisk({ forMs: 0 });
});

async function answers(change: () => void) {
  await using folder = await createFixture({ 'file.js': 'old' });
  const file = folder.getPath('file.js');
  lookAtDisk();
  const before = asked(file);
  await folder.writeFile('file.js', 'new');
  const within = asked(file);
  change();
  lookAtDisk();
  return [before, within, asked(file)];
}

test('each analysis asks the disk, once', async () => {
  expect(await answers(() => {})).toEqual(['old', 'old', 'new']);
});

test('analyses that follow one another share what it said, where they are told to', async () => {
  rememberDisk({ forMs: 60_000 });
  forgetDisk();
  expect(await answers(() => {})).toEqual(['old', 'old', 'old']);
});

test('until a file is said to have changed', async () => {
  rememberDisk({ forMs: 60_000 });
  forgetDisk();
  expect(await answers(forgetDisk)).toEqual(['old', 'old', 'new']);
});
