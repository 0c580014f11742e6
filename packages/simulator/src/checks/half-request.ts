import type { Check } from './check.js';
import { readQuietConnections } from './quiet-connections.js';

/** Half a request head, of which the rest never comes, does not hold the process until it is killed. */
export const halfRequest: Check = {
  id: 'half-request',
  ask(run) {
    if (!run.scenarios.includes('half-request')) return undefined;
    const found = readQuietConnections(run, 'half-request');
    if (found === undefined) {
      const isHttp1 = run.server.protocol === 'http' || run.server.protocol === 'https';
      return { status: 'skip', code: 'half-request/none', args: { isHttp1 }, evidence: [] };
    }
    const { status, args, evidence } = found;
    if (status === 'fail') return { status, code: 'half-request/until-kill', args, evidence };
    if (status === 'warn') return { status, code: 'half-request/late', args, evidence };
    return { status, code: 'half-request/closed', args, evidence };
  },
};
