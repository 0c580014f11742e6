import { duration, number, registrations, type Template } from './template.js';

/**
 * The drain of an `http.Server`. Three things it does that `server.close()` alone does not:
 * it tells each client `Connection: close`, so that no connection lingers for the keep-alive timeout after its last
 * response; it leaves idle connections open for half a second, because a request may be on its way on one; and it
 * ends connections on which nothing was ever asked, which Node before 26 never closes.
 */
export const httpTemplate: Template = ({ server, signals, drainTimeoutMs, style, imports, fresh }) => {
  const netServer = imports.use({ module: 'net', name: 'Server', as: fresh('NetServer') });
  const type = style.typescript
    ? `<${imports.use({ module: 'http', name: 'ServerResponse', as: fresh('ServerResponse', 'HttpResponse'), typeOnly: true })}>`
    : '';
  const inFlight = fresh('inFlight', 'responsesInFlight');
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  return `// Graceful shutdown: refuse new connections, answer what is in flight, exit; after ${duration(drainTimeoutMs)} cut what is left.
const ${inFlight} = new Set${type}();
let ${draining} = false;

${server}.prependListener('request', (_request, response) => {
  ${inFlight}.add(response);
  response.once('close', () => ${inFlight}.delete(response));
  if (${draining}) response.setHeader('Connection', 'close');
});

const ${shutDown} = () => {
  if (${draining}) return;
  ${draining} = true;
  setTimeout(() => process.exit(1), ${number(drainTimeoutMs, style)});
  for (const response of ${inFlight}) {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  }
  // Unlike server.close(), this leaves idle connections open at first: a request may be on its way on one of them.
  ${netServer}.prototype.close.call(${server}, () => process.exit(0));
  const closeIdle = () => (${inFlight}.size > 0 ? ${server}.closeIdleConnections() : ${server}.closeAllConnections());
  setInterval(() => setImmediate(closeIdle), 500);
};

${registrations(signals, shutDown)}`;
};
