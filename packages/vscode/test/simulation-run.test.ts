import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { runSimulation } from '../src/simulation/run.js';

const hooks = {
  onEvent: () => undefined,
  onOutput: () => undefined,
  cancelled: new AbortController().signal,
};

// More than the pipe between two processes holds, so that its end is still on the way when the process is gone.
const worker = `process.once('message', () => setTimeout(() => {
  process.send({ type: 'report', report: 'x'.repeat(600_000) }, undefined, {}, () => process.exit());
}, Math.random() * 60));`;

it('hears out a worker that has ended, also where several end at once', async () => {
  await using folder = await createFixture({ 'worker.cjs': worker });
  const run = () => runSimulation(folder.getPath('worker.cjs'), { command: ['node'] }, hooks);
  // A crowded event loop, as that of the editor is: it finds several ends in one look.
  const crowd = setInterval(() => {
    const end = performance.now() + 20;
    while (performance.now() < end);
  }, 5);
  try {
    const ends: string[] = [];
    for (let round = 0; round < 16; round += 1)
      ends.push(...(await Promise.all(Array.from({ length: 8 }, run))).map(({ type }) => type));
    expect(new Set(ends)).toEqual(new Set(['report']));
  } finally {
    clearInterval(crowd);
  }
});

it('says how a worker has ended that said nothing', async () => {
  await using folder = await createFixture({
    'worker.cjs':
      'process.once("message", () => { console.error("no memory"); process.exitCode = 3; process.disconnect(); });',
  });
  const outcome = await runSimulation(folder.getPath('worker.cjs'), { command: ['node'] }, hooks);
  expect(outcome).toEqual({
    type: 'failed',
    failure: {
      message: expect.stringMatching(/^The simulation ended unexpectedly \(3\)\. no memory$/) as string,
    },
  });
});
