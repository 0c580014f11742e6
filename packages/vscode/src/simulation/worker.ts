// Simulates in a process of its own. Inside the extension host VS Code replaces the agents of `http`, so that no
// connection is kept alive, and other extensions share the event loop: both would change what is measured.
import { judge, simulate, SimulationError } from 'sigterm';
import type { FromSimulation, ToSimulation } from './messages.js';

// It made the editor's executable run as Node.js for us; the server under test is not to know of it.
delete process.env['ELECTRON_RUN_AS_NODE'];

const cancel = new AbortController();

process.on('message', (message: ToSimulation) => {
  if (message.type === 'cancel') cancel.abort();
  else void run(message.options);
});
// The extension host is gone, and nobody waits for the result.
process.on('disconnect', () => {
  cancel.abort();
});

async function run(options: Parameters<typeof simulate>[0]): Promise<void> {
  let last: FromSimulation;
  try {
    const recording = await simulate(options, {
      abortSignal: cancel.signal,
      onEvent: (event) => {
        send({ type: 'event', event });
      },
      onOutput: (_stream, text) => {
        send({ type: 'output', text });
      },
    });
    last = { type: 'report', report: judge(recording) };
  } catch (error) {
    if (cancel.signal.aborted) last = { type: 'cancelled' };
    else if (error instanceof SimulationError) {
      const { message, advice, output: lastOutput } = error;
      last = { type: 'failed', failure: { message, advice, lastOutput } };
    } else throw error;
  }
  send(last, () => {
    if (process.connected) process.disconnect();
  });
}

function send(message: FromSimulation, sent: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, undefined, {}, sent);
}
