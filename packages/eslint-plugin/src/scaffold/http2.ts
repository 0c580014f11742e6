import { begin, heading, registrations, type Template } from './template.js';

/**
 * The drain of an HTTP/2 server: GOAWAY twice, as RFC 9113 has it. The first asks for no new streams and still serves
 * those on their way; the second, half a second later, ends each session after its running streams.
 * `server.close()` alone never ends a session before Node 24, and refuses what is on its way from then on.
 */
export const http2Template: Template = ({ server, signals, drainTimeoutMs, style, imports, fresh }) => {
  const netServer = imports.use({ module: 'net', name: 'Server', as: fresh('NetServer') });
  const type = style.typescript
    ? `<${imports.use({ module: 'http2', name: 'ServerHttp2Session', as: fresh('ServerHttp2Session', 'Http2Session'), typeOnly: true })}>`
    : '';
  const sessions = fresh('sessions', 'http2Sessions');
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  return `${heading('finish the running streams', { drainTimeoutMs })}
const ${sessions} = new Set${type}();
let ${draining} = false;

${server}.on('session', (session) => {
  ${sessions}.add(session);
  session.once('close', () => ${sessions}.delete(session));
});

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
  ${netServer}.prototype.close.call(${server}, () => process.exit(0));
  // GOAWAY twice: first "open no new streams", with those on their way still
  // served, then the end of each session after its last stream.
  for (const session of ${sessions}) session.goaway(0, 2 ** 31 - 1);
  setTimeout(() => ${sessions}.forEach((session) => session.close()), 500);
};

${registrations(signals, shutDown)}`;
};
