import {
  begin,
  duration,
  heading,
  number,
  registrations,
  type Template,
  type TemplateContext,
} from './template.js';

/**
 * The drain of a raw TCP server. Only the protocol knows when a connection has been answered, so each one is left to
 * its client, and ended when nothing moved on it for half of the drain timeout.
 */
export const netTemplate: Template = (context) =>
  socketDrain(context, { event: 'connection', type: { module: 'net', name: 'Socket' } });

/** The same of a TLS server: its secure connections end with a close_notify, the raw sockets under them without one. */
export const tlsTemplate: Template = (context) =>
  socketDrain(context, { event: 'secureConnection', type: { module: 'tls', name: 'TLSSocket' } });

interface Connections {
  /** The event that gives each. */
  readonly event: string;
  readonly type: { readonly module: string; readonly name: string };
}

function socketDrain(
  { server, signals, drainTimeoutMs, style, imports, fresh }: TemplateContext,
  { event, type: { module, name } }: Connections,
): string {
  const type = style.typescript
    ? `<${imports.use({ module, name, as: fresh(name, `Net${name}`), typeOnly: true })}>`
    : '';
  const sockets = fresh('sockets', 'openSockets');
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  const quietMs = Math.round(drainTimeoutMs / 2);
  return `${heading('let the open connections finish', { drainTimeoutMs })}
const ${sockets} = new Set${type}();
let ${draining} = false;

${server}.on('${event}', (socket) => {
  ${sockets}.add(socket);
  socket.once('close', () => ${sockets}.delete(socket));
});

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
  ${server}.close(() => process.exit(0));
  // Only the protocol knows which connections are idle; here those are, on
  // which nothing moved for ${duration(quietMs)}.
  for (const socket of ${sockets}) {
    socket.setTimeout(${number(quietMs, style)}, () => socket.destroySoon());
  }
};

${registrations(signals, shutDown)}`;
}
