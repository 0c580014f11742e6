import { begin, closeAttached, heading, registrations, sayClose, track, type Template } from './template.js';

/**
 * The drain of an `http.Server`. Three things it does that `server.close()` alone does not:
 * it tells each client `Connection: close`, so that no connection lingers for the keep-alive timeout after its last
 * response; it leaves idle connections open for half a second, because a request may be on its way on one; and it
 * ends connections on which nothing was ever asked, which Node before 26 never closes.
 */
export const httpTemplate: Template = (context) => {
  const { server, signals, drainTimeoutMs, style, imports, fresh } = context;
  const netServer = imports.use({ module: 'net', name: 'Server', as: fresh('NetServer') });
  const type = style.typescript
    ? `<${imports.use({ module: 'http', name: 'ServerResponse', as: fresh('ServerResponse', 'HttpResponse'), typeOnly: true })}>`
    : '';
  const inFlight = fresh('inFlight', 'responsesInFlight');
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  return `${heading('finish the requests in flight', { drainTimeoutMs })}
const ${inFlight} = new Set${type}();
let ${draining} = false;

${server}.prependListener('request', (_request, response) => {
${track(inFlight, draining, '  ')}
});

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
${sayClose(inFlight)}
  // Not server.close(): it would cut idle connections at once, and with them
  // the requests that are on their way.
  ${netServer}.prototype.close.call(${server}, () => process.exit(0));
${closeAttached(context)}  const closeIdle = () => {
    if (${inFlight}.size > 0) ${server}.closeIdleConnections();
    else ${server}.closeAllConnections();
  };
  setInterval(() => setImmediate(closeIdle), 500);
};

${registrations(signals, shutDown)}`;
};
