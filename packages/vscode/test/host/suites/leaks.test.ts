import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from 'sigterm';
import { commands, ConfigurationTarget, languages, Uri, window, workspace } from 'vscode';
import { after, before, describe, it } from 'mocha';
import { api, workerFile } from '../api.js';
import { until } from '../conditions.js';
import { commandLinesWith } from '../processes.js';
import { heapAfterGc, openResources, Subscriptions } from '../resources.js';
import { closeAll, workspaceFolder } from '../workspace.js';

/** Fifty runs, five side by side; the first ten fill what is kept of each target, and load what is loaded once. */
const targets = 5;
const waves = 10;
const wavesBefore = 2;

/**
 * By wave, in the middle one: where reports are kept that is 1.7 MB, where nothing is 0.2 MB at the most. Not the sum: a
 * leak is in each wave, and something that was there once has made 2 MB of it on another machine.
 */
const mostGrowth = 800_000;

const server = `require('node:http').createServer((request, response) => response.end('hello')).listen(0);\n`;

const quick = {
  'simulate.hold': 1,
  // They cost next to nothing, and make a report that is kept weigh enough to be seen.
  'simulate.requests': 120,
  'simulate.graceMs': 500,
  'simulate.scenarios': ['in-flight'],
};

describe('after fifty simulations', () => {
  const folder = join(workspaceFolder(), 'leaks');
  const files = Array.from({ length: targets }, (_, index) => join(folder, `server-${String(index)}.cjs`));
  let subscriptions: Subscriptions | undefined;

  const set = async (values: Record<string, unknown>) => {
    const settings = workspace.getConfiguration('gracefulShutdown');
    for (const [key, value] of Object.entries(values))
      await settings.update(key, value, ConfigurationTarget.Workspace);
  };
  before(async () => {
    mkdirSync(folder);
    for (const file of files) writeFileSync(file, server);
    await set(quick);
  });
  after(async () => {
    subscriptions?.dispose();
    await set(Object.fromEntries(Object.keys(quick).map((key) => [key, undefined])));
    await closeAll();
  });

  it('no process, no listener and no memory is left that was not there after ten', async () => {
    const { simulations } = await api();
    subscriptions = new Subscriptions({ simulations, commands, languages, window, workspace });
    const wave = () => Promise.all(files.map(simulate));
    const counts = () => ({ ...openResources(), ...subscriptions?.counts });
    const settle = async () => {
      await until('no server is left', () => commandLinesWith(folder).length === 0);
      await until('no worker is left', () => commandLinesWith(workerFile()).length === 0);
    };

    for (let count = 0; count < wavesBefore; count += 1) await wave();
    await settle();
    const before = counts();
    const heap = [heapAfterGc()];
    for (let count = wavesBefore; count < waves; count += 1) {
      await wave();
      await settle();
      heap.push(heapAfterGc());
    }
    const more = () => Object.entries(counts()).filter(([what, count]) => count > (before[what] ?? 0));
    // A process that is gone is noticed a little later; what never goes is named below.
    await until('nothing more is open', () => more().length === 0).catch(() => undefined);
    assert.deepEqual(more(), [], `before: ${JSON.stringify(before)}`);
    const growth = heap.slice(1).map((bytes, index) => bytes - (heap[index] ?? 0));
    const said = `the heap grew by ${growth.map((bytes) => (bytes / 1e6).toFixed(2)).join(', ')} MB`;
    console.log(`      ${said}`);
    assert.ok(median(growth) < mostGrowth, said);
  }).timeout(300_000);
});

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

async function simulate(file: string): Promise<void> {
  const { simulations } = await api();
  let why = 'no run was started';
  const changes = simulations.onDidChange((change) => {
    if (change.type !== 'finished' || change.simulation.target.file !== file) return;
    why = change.outcome.type === 'failed' ? JSON.stringify(change.outcome.failure) : change.outcome.type;
  });
  const report = await commands.executeCommand<Report | undefined>(
    'gracefulShutdown.simulate',
    Uri.file(file),
  );
  changes.dispose();
  assert.ok(report, `${file} could not be simulated: ${why}`);
}
