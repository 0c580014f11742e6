import { begin, duration, heading, number, registrations, type Template } from './template.js';

/**
 * The drain of a Socket.IO server that listens by itself: `close()` breaks the connections off without a word to the
 * application, so that the clients reconnect by themselves, as they do not after `disconnectSockets()`.
 * What waits for an acknowledgement at that moment is lost, so it comes a little later.
 */
export const socketIoTemplate: Template = ({ server, signals, drainTimeoutMs, style, fresh }) => {
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  const graceMs = Math.round(drainTimeoutMs / 10);
  return `${heading('let the answers in work go out, disconnect', { drainTimeoutMs })}
let ${draining} = false;

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
  // Only the application knows which answers are in work: they have ${duration(graceMs)}.
  // Then the clients are disconnected, and reconnect elsewhere by themselves.
  setTimeout(() => ${server}.close(() => process.exit(0)), ${number(graceMs, style)});
};

${registrations(signals, shutDown)}`;
};
