import type { Check } from './check.js';
import { readQuietConnections } from './quiet-connections.js';

/** A connection on which nothing was ever asked does not hold the process until it is killed. */
export const silentSocket: Check = {
  id: 'silent-socket',
  ask(run) {
    if (!run.scenarios.includes('silent-socket')) return undefined;
    const found = readQuietConnections(run, 'silent-socket');
    if (found === undefined) return { status: 'skip', code: 'silent-socket/none', args: {}, evidence: [] };
    const { status, args, evidence } = found;
    if (status === 'fail') return { status, code: 'silent-socket/until-kill', args, evidence };
    if (status === 'warn') return { status, code: 'silent-socket/late', args, evidence };
    return { status, code: 'silent-socket/closed', args, evidence };
  },
};
