import type { Check } from './check.js';

/** Which engine ran the target, where one did, and what cannot be seen through it. */
export const driver: Check = {
  id: 'driver',
  ask({ plan, timeline }) {
    if (plan.driver === undefined) return undefined;
    if (timeline.restart !== undefined) {
      const { command } = timeline.restart;
      return { status: 'info', code: 'driver/kubernetes', args: { command }, evidence: [] };
    }
    return { status: 'info', code: 'driver/docker', args: {}, evidence: [] };
  },
};
