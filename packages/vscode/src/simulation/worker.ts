// Simulates in a process of its own. Inside the extension host VS Code replaces the agents of `http`, so that no
// connection is kept alive, and other extensions share the event loop: both would change what is measured.
import { judge, loadConfig, simulate, SimulationError } from 'sigterm';
import type { FromSimulation, ToSimulation } from './messages.js';

// It made the editor's executable run as Node.js for us; the server under test is not to know of it.
delete process.env['ELECTRON_RUN_AS_NODE'];

const cancel = new AbortController();

process.on('message', (message: ToSimulation) => {
  if (message.type === 'cancel') cancel.abort();
  else if (message.type === 'load-config') void end(() => load(message.file));
  else void end(() => run(message.options));
});
// The extension host is gone, and nobody waits for the result.
process.on('disconnect', () => {
  cancel.abort();
});

async function run(options: Parameters<typeof simulate>[0]): Promise<FromSimulation> {
  const recording = await simulate(options, {
    abortSignal: cancel.signal,
    onEvent: (event) => {
      send({ type: 'event', event });
    },
    onOutput: (_stream, text) => {
      send({ type: 'output', text });
    },
  });
  return { type: 'report', report: judge(recording) };
}

async function load(file: string): Promise<FromSimulation> {
  return { type: 'config', config: await loadConfig(file) };
}

async function end(work: () => Promise<FromSimulation>): Promise<void> {
  let last: FromSimulation;
  try {
    last = await work();
  } catch (error) {
    if (cancel.signal.aborted) last = { type: 'cancelled' };
    else if (error instanceof SimulationError) {
      const { message, advice, output: lastOutput } = error;
      last = { type: 'failed', failure: { message, advice, lastOutput } };
    } else throw error;
  }
  // What a configuration has started, such as a timer, is not waited for.
  send(last, () => {
    process.exit();
  });
}

function send(message: FromSimulation, sent: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, undefined, {}, sent);
  else sent();
}
