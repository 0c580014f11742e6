// A server that takes up to 40 ms for an answer, shut down in the way METHOD names. `scaffold` is what the fix writes:
// the benchmark runs a fixed copy of this file for it, made without the other branches.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  setTimeout(() => response.end('Hello\n'), Math.random() * 40);
});

server.listen(process.env.PORT ?? 3000);

// --- the methods; everything below this line is cut off for the scaffold ---
const exit = () => process.exit(0);
const methods = {
  'server.close()': async () => () => server.close(exit),
  async stoppable() {
    const { default: stoppable } = await import('stoppable');
    stoppable(server, 10_000);
    return () => server.stop(exit);
  },
  async 'http-terminator'() {
    const { createHttpTerminator } = await import('http-terminator');
    const terminator = createHttpTerminator({ server, gracefulTerminationTimeout: 10_000 });
    return () => terminator.terminate().then(exit);
  },
  async 'http-graceful-shutdown'() {
    const { default: gracefulShutdown } = await import('http-graceful-shutdown');
    const shutDown = gracefulShutdown(server, { signals: '', forceExit: false, timeout: 10_000 });
    return () => shutDown().then(exit);
  },
};

process.on('SIGTERM', await methods[process.env.METHOD]());
