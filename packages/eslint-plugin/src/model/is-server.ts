import type { Node } from '../ast/types.js';
import type { ServerSite } from './model.js';
import { traceServers } from './trace-server.js';

/** Whether an expression can be the server (or its raw server) of a site. */
export function isServer(site: ServerSite, expression: Node): boolean {
  const { framework, creation } = site;
  // polka({ server }) listens with the server it was given.
  const given = creation && framework.givenServer?.(creation);
  const givens = given ? traceServers(given).map(({ identity }) => identity) : [];
  return traceServers(expression).some(
    (traced) =>
      givens.includes(traced.identity) ||
      (traced.identity === site.identity &&
        (framework.server === 'receiver' || traced.listened === site.listen)),
  );
}
