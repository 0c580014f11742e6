import { heading, number, type Template } from './template.js';

/**
 * The drain of `Deno.serve`, in Deno's own terms. `shutdown()` waits for the requests in flight and closes each
 * connection after its last response. It closes idle ones at once: a request that is just then on its way on one is lost.
 */
export const denoTemplate: Template = ({ server, signals, drainTimeoutMs, style, fresh }) => {
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  return `${heading('finish the requests in flight', { drainTimeoutMs })}
let ${draining} = false;

const ${shutDown} = () => {
  if (${draining}) return;
  ${draining} = true;
  setTimeout(() => Deno.exit(1), ${number(drainTimeoutMs, style)});
  ${server}.shutdown().then(
    () => Deno.exit(0),
    () => Deno.exit(1),
  );
};

${signals.map((signal) => `Deno.addSignalListener('${signal}', ${shutDown});`).join('\n')}`;
};
