import { begin, heading, registrations, sayClose, track, type TemplateContext } from './template.js';

/** What the drain of several servers in one process is written with: `servers` instead of `server`. */
export type SeveralContext = Omit<TemplateContext, 'server' | 'creation'> & {
  readonly servers: readonly string[];
};

/** The drain of several HTTP servers of one process, which exits when the last of them is closed; else as for one. */
export function severalHttpTemplate(context: SeveralContext): string {
  const { servers, signals, drainTimeoutMs, style, imports, fresh } = context;
  const typed = (name: string) =>
    imports.use({ module: 'http', name, as: fresh(name, `Http${name}`), typeOnly: true });
  const netServer = imports.use({ module: 'net', name: 'Server', as: fresh('NetServer') });
  const list = fresh('servers', 'httpServers');
  const each = fresh('server', 'httpServer');
  const inFlight = fresh('inFlight', 'responsesInFlight');
  const open = fresh('open', 'openServers');
  const draining = fresh('draining', 'isDraining');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  return `${heading('finish the requests in flight', { drainTimeoutMs })}
const ${list}${style.typescript ? `: ${typed('Server')}[]` : ''} = [${servers.join(', ')}];
const ${inFlight} = new Set${style.typescript ? `<${typed('ServerResponse')}>` : ''}();
let ${draining} = false;

for (const ${each} of ${list}) {
  ${each}.prependListener('request', (_request, response) => {
${track(inFlight, draining, '    ')}
  });
}

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
${sayClose(inFlight)}
  let ${open} = ${list}.length;
  for (const ${each} of ${list}) {
    // Not ${each}.close(): it would cut idle connections at once, and with them
    // the requests that are on their way.
    ${netServer}.prototype.close.call(${each}, () => {
      ${open} -= 1;
      if (${open} === 0) process.exit(0);
    });
  }
  const closeIdle = () => {
    for (const ${each} of ${list}) {
      if (${inFlight}.size > 0) ${each}.closeIdleConnections();
      else ${each}.closeAllConnections();
    }
  };
  setInterval(() => setImmediate(closeIdle), 500);
};

${registrations(signals, shutDown)}`;
}
