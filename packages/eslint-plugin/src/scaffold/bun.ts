import { begin, heading, registrations, type Template } from './template.js';

/**
 * The drain of `Bun.serve`, whose own stop waits for the requests in flight (since Bun 1.1, where it began to give a
 * promise) and closes each connection after its last response. It closes idle connections at once, and Bun has no means
 * to say `Connection: close` from outside of the handler: a request that is just then on its way on one is lost.
 */
export const bunTemplate: Template = ({ server, signals, drainTimeoutMs, style, fresh }) => {
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  return `${heading('finish the requests in flight', { drainTimeoutMs })}
let ${draining} = false;

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
  ${server}.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};

${registrations(signals, shutDown)}`;
};
