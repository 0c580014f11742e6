import type { Node } from '../ast/types.js';
import type { ServerSite } from './model.js';
import { traceServers } from './trace-server.js';

/** Whether an expression can be the server (or its raw server) of a site. */
export function isServer(site: ServerSite, expression: Node): boolean {
  return traceServers(expression).some(
    (traced) =>
      traced.identity === site.identity &&
      (site.framework.server === 'receiver' || traced.listened === site.listen),
  );
}
