import { begin, heading, registrations, type Template } from './template.js';

/**
 * The drain of a gRPC server. What is cut by the exit at the deadline ends as UNAVAILABLE, which clients try again;
 * `forceShutdown()` would end it as CANCELLED, and the process with 0.
 */
export const grpcTemplate: Template = ({ server, signals, drainTimeoutMs, style, fresh }) => {
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  return `${heading('finish the running calls', { drainTimeoutMs })}
let ${draining} = false;

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
  ${server}.tryShutdown((error) => process.exit(error ? 1 : 0));
};

${registrations(signals, shutDown)}`;
};
