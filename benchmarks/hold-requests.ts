// One measured client, in a process of its own: holds requests on the server over its shutdown, and prints its cost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import { simulate } from 'sigterm';
import { lagOf } from './simulate.js';

const [client, server = ''] = process.argv.slice(2);
const requests = Number(process.env['REQUESTS']);
const holdMs = 2_000;
const startedMs = performance.now();
const before = process.cpuUsage();
const result = client === 'sigterm' ? await withSigterm() : await withBareClient();
const { user, system } = process.cpuUsage(before);
const cost = {
  wallMs: performance.now() - startedMs,
  cpuMs: (user + system) / 1_000,
  peakMb: process.resourceUsage().maxRSS / 1_024,
  ...result,
};
console.log(JSON.stringify(cost));

async function withSigterm() {
  const recording = await simulate({
    command: [process.execPath, server],
    requests,
    holdMs,
    graceMs: 30_000,
  });
  const lost = recording.runs[0].events.filter(
    (event) => event.type === 'request-lost' && event.request.startsWith('held-'),
  ).length;
  return { lost, lagMs: lagOf(recording.runs[0]) };
}

/** The server is told to be slow by itself here, and the client only asks and waits. */
async function withBareClient() {
  const target = spawn(process.execPath, [server], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(target.stdout);
  const exited = once(target, 'exit');
  const [port] = (await once(lines, 'line')) as [string];
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const ask = () =>
    new Promise<number>((resolve) => {
      get({ port, agent }, (response) => {
        response.resume();
        response.once('end', () => resolve(0)).once('error', () => resolve(1));
      }).once('error', () => resolve(1));
    });
  // As ours: a connection has served one request before, and not all of them are opened in one moment.
  for (let opened = 0; opened < requests; opened += 50) await Promise.all(Array.from({ length: 50 }, ask));
  target.stdin.write(`${String(holdMs)}\n`);
  const sent = Array.from({ length: requests }, ask);
  await once(lines, 'line');
  target.kill('SIGTERM');
  const lost = (await Promise.all(sent)).reduce((sum, one) => sum + one, 0);
  await exited;
  agent.destroy();
  return { lost };
}
