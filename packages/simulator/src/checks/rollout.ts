import type { Check } from './check.js';
import { findLoad, type Loss } from './load.js';

/** Clients that ask all the while notice nothing of the restart. */
export const rollout: Check = {
  id: 'rollout',
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('rollout')) return undefined;
    const { requests, losses } = findLoad(run);
    if (requests.length === 0) return { status: 'skip', code: 'rollout/none', args: {}, evidence: [] };
    const evidence = losses.flatMap(({ request: { end } }) => (end === undefined ? [] : [end.event]));
    const total = requests.length;
    if (losses.length === 0) return { status: 'pass', code: 'rollout/none-lost', args: { total }, evidence };
    const races = losses.filter(({ isRace }) => isRace).length;
    const args = { total, lost: losses.length, races, losses: groupByCause(losses) };
    return races === losses.length
      ? { status: 'warn', code: 'rollout/races', args, evidence }
      : { status: 'fail', code: 'rollout/lost', args, evidence };
  },
};

function groupByCause(losses: readonly Loss[]) {
  const details = [...new Set(losses.map(({ detail }) => detail))];
  return details.map((detail) => {
    const times = losses.filter((loss) => loss.detail === detail).map(({ afterMs }) => afterMs);
    return { detail, count: times.length, firstMs: Math.min(...times), lastMs: Math.max(...times) };
  });
}
