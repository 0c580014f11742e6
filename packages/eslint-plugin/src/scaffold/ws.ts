import { begin, duration, heading, number, registrations, type Template } from './template.js';

/**
 * The drain of a WebSocket server that listens by itself. `close()` waits for the clients and tells them nothing
 * (before ws 8 it cut them all, so it comes after the close frames). A client that never answers its close frame would
 * hold the process for 30 s.
 */
export const wsTemplate: Template = ({ server, signals, drainTimeoutMs, style, fresh }) => {
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  const graceMs = Math.round(drainTimeoutMs / 10);
  const patienceMs = Math.round(drainTimeoutMs / 2);
  return `${heading('let the answers in work go out, close', { drainTimeoutMs })}
let ${draining} = false;

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
  // Only the protocol knows which answers are in work: they have ${duration(graceMs)}.
  // Then each client is told to go elsewhere (1001), and cut if it does not answer.
  setTimeout(() => {
    for (const client of ${server}.clients) client.close(1001);
    ${server}.close(() => process.exit(0));
  }, ${number(graceMs, style)});
  setTimeout(() => {
    for (const client of ${server}.clients) client.terminate();
  }, ${number(patienceMs, style)});
};

${registrations(signals, shutDown)}`;
};
