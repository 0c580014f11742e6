import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { simulate, type Run } from 'sigterm';
import { median, table } from './report.js';

const TRIALS = 3;
const REQUESTS = 1_000;
/** How long the server stays after its last response: what the simulator has to find out. */
const LAG_MS = 500;
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly lost: number;
  readonly lagMs?: number;
}

/**
 * What it costs to hold 1,000 requests in flight over a shutdown, and how exactly the time from the last response to
 * the exit is measured: the simulator beside a bare client of node that only waits for its responses.
 */
export async function benchSimulate(): Promise<void> {
  const ours: Cost[] = [];
  const bare: Cost[] = [];
  // In turn, so that what else the machine does meets both.
  for (let trial = 0; trial < TRIALS; trial++) {
    ours.push(await measure('sigterm'));
    bare.push(await measure('bare'));
  }
  const of = (costs: readonly Cost[], key: 'wallMs' | 'cpuMs' | 'peakMb') =>
    median(costs.map((cost) => cost[key]));
  const row = (name: string, costs: readonly Cost[]) => [
    name,
    ...(['wallMs', 'cpuMs', 'peakMb'] as const).flatMap((key) => [
      of(costs, key).toFixed(0),
      (of(costs, key) / of(ours, key)).toFixed(2),
    ]),
    String(costs.reduce((sum, { lost }) => sum + lost, 0)),
  ];
  console.log(
    `\n${String(REQUESTS)} requests in flight (Node ${process.versions.node}, ${String(TRIALS)} runs each)\n`,
  );
  table(
    ['', 'wall ms', 'ratio', 'CPU ms', 'ratio', 'peak MB', 'ratio', 'lost'],
    [row('sigterm', ours), row('bare client', bare)],
  );
  console.log(
    `\n  The server ends ${String(LAG_MS)} ms after its last response; measured: ${errorsOf(
      ours.map(({ lagMs = NaN }) => lagMs),
    )}`,
  );
  await benchSideBySide();
}

/** Whether starts that go on side by side measure the same as one after the other, and the time that this saves. */
async function benchSideBySide(): Promise<void> {
  for (const jobs of [1, undefined]) {
    const startedMs = performance.now();
    const { runs, plan } = await simulate({
      command: [process.execPath, here('lag-server.mjs')],
      env: { LAG_MS: String(LAG_MS), REQUESTS: '8', PORT: '{port}' },
      requests: 8,
      repeat: 8,
      ...(jobs === undefined ? {} : { jobs }),
    });
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    console.log(
      `  8 starts, ${jobs === 1 ? 'one after the other' : `${String(plan.jobs)} side by side`} (${seconds} s): ${errorsOf(runs.map(lagOf))}`,
    );
  }
}

function errorsOf(lagsMs: readonly number[]): string {
  const errors = lagsMs.map((lagMs) => lagMs - LAG_MS);
  return errors.map((error) => `${error >= 0 ? '+' : ''}${error.toFixed(0)} ms`).join(', ');
}

/** Each run in a process of its own, which tells what it has used. */
async function measure(client: 'sigterm' | 'bare'): Promise<Cost> {
  const args = ['--import', 'tsx', here('hold-requests.ts'), client, here('lag-server.mjs')];
  const env = { ...process.env, REQUESTS: String(REQUESTS), LAG_MS: String(LAG_MS) };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${client} ended with ${String(code)}`);
  return JSON.parse(text) as Cost;
}

/** From the last complete response to the exit, in milliseconds. */
export function lagOf({ events }: Pick<Run, 'events'>): number {
  const exit = events.find(({ type }) => type === 'exited');
  const last = events.findLast(({ type }) => type === 'response-complete');
  return (exit?.atMs ?? NaN) - (last?.atMs ?? NaN);
}
