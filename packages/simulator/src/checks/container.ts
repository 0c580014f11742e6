import type { Check } from './check.js';

/** Whether the target was where it would be in a container, which changes what a signal does to it. */
export const container: Check = {
  id: 'container',
  ask({ container: found, platform }) {
    if (found === undefined) return undefined;
    const { isPid1, init, why = '' } = found;
    if (isPid1) return { status: 'pass', code: 'container/pid-1', args: { init }, evidence: [] };
    const args = { platform: platform.name };
    return why === 'turned-off'
      ? { status: 'skip', code: 'container/turned-off', args, evidence: [] }
      : { status: 'skip', code: 'container/not-possible', args: { ...args, why }, evidence: [] };
  },
};
