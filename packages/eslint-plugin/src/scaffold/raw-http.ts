import { httpTemplate } from './http.js';
import {
  begin,
  heading,
  registrations,
  sayClose,
  track,
  type Template,
  type TemplateContext,
} from './template.js';

/** Where a framework keeps its `http.Server`, and what it wants to be closed with. */
interface RawServer {
  /** The expression that gives the raw server of the named application. */
  readonly of: (app: string) => string;
  /** Whether TypeScript knows it as something wider than `http.Server`. */
  readonly isWidelyTyped?: boolean;
}

interface Closing extends RawServer {
  /** The expression that closes the named application and gives a promise: `app.close()`. */
  readonly close: (app: string) => string;
  /** A condition on `error` under which that close has failed only because the server is closed already. */
  readonly mayFailWith?: string;
}

/** The drain of a framework that has nothing to close but its `http.Server`. */
export function rawHttpTemplate(raw: RawServer): Template {
  return (context) => {
    const { name, statement } = bindRaw(raw, context);
    return `${statement}\n\n${httpTemplate({ ...context, server: name })}`;
  };
}

/**
 * The drain of a framework that runs hooks when it closes: first that of its `http.Server`, then its own close.
 * The hooks also end what the framework alone knows of, such as WebSockets: so it is closed, at the latest,
 * when nothing is in flight any more, also where a connection is left.
 */
export function closingHttpTemplate(raw: Closing): Template {
  return (context) => {
    const { server, signals, drainTimeoutMs, style, imports, fresh } = context;
    const { name, statement } = bindRaw(raw, context);
    const netServer = imports.use({ module: 'net', name: 'Server', as: fresh('NetServer') });
    const type = style.typescript
      ? `<${imports.use({ module: 'http', name: 'ServerResponse', as: fresh('ServerResponse', 'HttpResponse'), typeOnly: true })}>`
      : '';
    const inFlight = fresh('inFlight', 'responsesInFlight');
    const draining = fresh('draining', 'isDraining');
    const shutDown = fresh('shutDown', 'shutDownGracefully');
    const close = raw.close(server);
    const failed = raw.mayFailWith
      ? `(error) => process.exit(${raw.mayFailWith} ? 0 : 1)`
      : '() => process.exit(1)';
    return `${statement}

${heading('finish the requests in flight', { drainTimeoutMs })}
const ${inFlight} = new Set${type}();
let ${draining} = false;

${name}.prependListener('request', (_request, response) => {
${track(inFlight, draining, '  ')}
});

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
${sayClose(inFlight)}
  // Not ${close} yet: it would cut idle connections at once, and with them
  // the requests that are on their way.
  new Promise${style.typescript ? '<void>' : ''}((resolve) => {
    ${netServer}.prototype.close.call(${name}, () => resolve());
    const closeIdle = () => {
      if (${inFlight}.size > 0) {
        ${name}.closeIdleConnections();
      } else {
        ${name}.closeAllConnections();
        resolve();
      }
    };
    setInterval(() => setImmediate(closeIdle), 500);
  })
    .then(() => ${close})
    .then(
      () => process.exit(0),
      ${failed},
    );
};

${registrations(signals, shutDown)}`;
  };
}

/** Gives the raw server a name. */
export function bindRaw(
  { of, isWidelyTyped }: RawServer,
  { server, style, imports, fresh }: TemplateContext,
): { readonly name: string; readonly statement: string } {
  const name = fresh('httpServer', 'rawServer');
  const narrowed =
    style.typescript && isWidelyTyped
      ? ` as ${imports.use({ module: 'http', name: 'Server', as: fresh('Server', 'HttpServer'), typeOnly: true })}`
      : '';
  return { name, statement: `const ${name} = ${of(server)}${narrowed};` };
}
