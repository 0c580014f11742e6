// Stop this server while it answers, and the answer is lost.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  setTimeout(() => response.end('Hello\n'), 100);
});

server.listen(process.env.PORT ?? 3000, () => {
  console.log('listening on', server.address());
});
