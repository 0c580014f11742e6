// Drains, and then stays for exactly LAG_MS: what is to be found out from outside.
import { createServer } from 'node:http';

const live = new Set();
let isDraining = false;
let slowMs = 0;
process.stdin.on('data', (text) => (slowMs = Number(text)));
process.stdin.unref?.();
const server = createServer((request, response) => {
  live.add(response);
  response.once('close', () => live.delete(response));
  if (isDraining) response.shouldKeepAlive = false;
  setTimeout(() => response.end('hello\n'), slowMs);
  if (slowMs > 0 && live.size === Number(process.env.REQUESTS)) console.log('all are in flight');
});
server.listen(0, () => console.log(server.address().port));

process.on('SIGTERM', () => {
  isDraining = true;
  for (const response of live) response.shouldKeepAlive = false;
  server.close(() => setTimeout(() => process.exit(0), Number(process.env.LAG_MS)));
});
