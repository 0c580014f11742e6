/** A server without a handler: one problem, and a fix for it. */
export const unsafe = `import { createServer } from 'node:http';

const server = createServer((request, response) => response.end('ok'));
server.listen(3000);
`;
