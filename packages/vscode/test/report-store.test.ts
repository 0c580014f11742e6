import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { ReportStore } from '../src/core/report-store.js';

it('keeps the latest document of each target, and of no more than fifty targets', async () => {
  await using folder = await createFixture({});
  const store = new ReportStore<number>(join(folder.path, 'reports'));
  expect(await store.read('target 0')).toBeUndefined();
  for (let index = 0; index < 53; index += 1) {
    await store.write(`target ${String(index)}`, index);
    for (const name of readdirSync(join(folder.path, 'reports'))) age(join(folder.path, 'reports', name));
    await store.write('again and again', index);
  }
  expect(readdirSync(join(folder.path, 'reports'))).toHaveLength(50);
  expect(await store.read('target 0')).toBeUndefined();
  expect(await store.read('target 52')).toBe(52);
  expect(await store.read('again and again')).toBe(52);
});

it('keeps the last of documents that are written at once', async () => {
  await using folder = await createFixture({});
  const store = new ReportStore<number>(folder.path);
  await Promise.all(Array.from({ length: 20 }, (_, index) => store.write('target', index)));
  expect(await store.read('target')).toBe(19);
  expect(readdirSync(folder.path)).toHaveLength(1);
});

it('has nothing where a document cannot be read', async () => {
  await using folder = await createFixture({});
  const store = new ReportStore<number>(folder.path);
  await store.write('target', 1);
  const [name = ''] = readdirSync(folder.path);
  writeFileSync(join(folder.path, name), '{"half');
  expect(await store.read('target')).toBeUndefined();
});

it('keeps nothing where there is no folder', async () => {
  const store = new ReportStore<number>(undefined);
  await store.write('target', 1);
  expect(await store.read('target')).toBeUndefined();
});

/** As if it had been written a second before it was. */
function age(file: string): void {
  const at = statSync(file).mtimeMs / 1000 - 1;
  utimesSync(file, at, at);
}
