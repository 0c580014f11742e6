import { findFunctions } from '../ast/follow.js';
import { propertyName } from '../ast/unwrap.js';
import type { Creation } from '../frameworks/index.js';
import type { Reach, ServerSite } from './model.js';
import { traceServers } from './trace-server.js';

/**
 * Calls of a `close()` that does not exist: `app.close()` of an Express or Koa application, whose server is what `listen()`
 * returned. The call throws, in the middle of the handler.
 */
export function findIneffectiveCloses(reach: Reach, site: ServerSite): readonly Creation[] {
  if (site.framework.server !== 'result') return [];
  return reach.calls.filter((call) => {
    const { callee } = call;
    if (call.type === 'CallExpression' && call.optional) return false;
    if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'close' || callee.optional)
      return false;
    const traced = traceServers(callee.object);
    return (
      traced.length > 0 &&
      traced.every(({ identity, listened }) => identity === site.identity && listened === null) &&
      // Somebody may have given the application a close of its own.
      findFunctions(callee) === null
    );
  });
}
