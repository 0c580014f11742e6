import {
  begin,
  heading,
  registrations,
  sayClose,
  track,
  type Template,
  type TemplateContext,
} from './template.js';

/**
 * The drain of a Fastify application: that of its raw servers, then `app.close()` for the `onClose` hooks.
 * Where `localhost` has two addresses Fastify listens with a second server, which is no property of the application
 * and which it closes, idle connections at once, as soon as `app.server` is closed; so that one comes last.
 * The diagnostics channel shows the requests and servers of both.
 */
export const fastifyTemplate: Template = (context) => fastifyDrain(context, `${context.server}.server`);

/** The same of an application made by a framework on top of Fastify, whose raw server is `main`. */
export function fastifyDrain(context: TemplateContext, main: string): string {
  const { server, signals, drainTimeoutMs, style, imports, fresh } = context;
  const { typescript } = style;
  const netServer = imports.use({ module: 'net', name: 'Server', as: fresh('NetServer') });
  const subscribe = imports.use({
    module: 'diagnostics_channel',
    name: 'subscribe',
    as: fresh('subscribe', 'subscribeTo'),
  });
  const typed = (name: string) =>
    typescript ? imports.use({ module: 'http', name, as: fresh(name, `Http${name}`), typeOnly: true }) : '';
  const serverType = typed('Server');
  const responseType = typed('ServerResponse');
  const servers = fresh('servers', 'rawServers');
  const inFlight = fresh('inFlight', 'responsesInFlight');
  const draining = fresh('draining', 'isDraining');
  const stop = fresh('stopListening', 'stopListeningOn');
  // Not `server`: many call the application that, and this name must not hide it.
  const raw = fresh('raw', 'rawServer');
  const shutDown = fresh('shutDown', 'shutDownGracefully');
  const message = typescript
    ? `(message) => {
  const { response, server: ${raw} } = message as { response: ${responseType}; server: ${serverType} };`
    : `({ response, server: ${raw} }) => {`;
  return `${heading('finish the requests in flight', { drainTimeoutMs })}
const ${servers} = new Set${typescript ? `<${serverType}>` : ''}([${main}]);
const ${inFlight} = new Set${typescript ? `<${responseType}>` : ''}();
let ${draining} = false;

${subscribe}('http.server.request.start', ${message}
  ${servers}.add(${raw});
${track(inFlight, draining, '  ')}
});

const ${shutDown} = () => {
${begin(draining, { drainTimeoutMs, style })}
${sayClose(inFlight)}
  // Not server.close(): it would cut idle connections at once, and with them
  // the requests that are on their way.
  const ${stop} = (${raw}${typescript ? `: ${serverType}` : ''}) =>
    new Promise((resolve) => ${netServer}.prototype.close.call(${raw}, resolve));
  const closeIdle = (${raw}${typescript ? `: ${serverType}` : ''}) =>
    ${inFlight}.size > 0 ? ${raw}.closeIdleConnections() : ${raw}.closeAllConnections();
  const idle = new Promise${typescript ? '<void>' : ''}((resolve) => {
    const sweep = () => {
      ${servers}.forEach(closeIdle);
      if (${inFlight}.size === 0) resolve();
    };
    setInterval(() => setImmediate(sweep), 500);
  });
  // The main server last: with it, Fastify closes the one it opened for a second address of localhost.
  const closed = Promise.all([...${servers}].filter((${raw}) => ${raw} !== ${main}).map(${stop})).then(
    () => ${stop}(${main}),
  );
  // WebSockets, which neither waits for, end by the hooks of ${server}.close().
  Promise.race([idle, closed])
    .then(() => ${server}.close())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
};

${registrations(signals, shutDown)}`;
}
