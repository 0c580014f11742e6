import { SimulationError } from '../errors.js';
import { runVariable } from '../process/process-tree.js';
import type { Driven, Driver } from './driver.js';
import { Kubectl } from './kubectl.js';
import { runRollout } from './kubernetes-run.js';
import { findWorkload } from './workload.js';

/**
 * Restarts a deployment, or deletes a pod that is replaced, with `kubectl`, under a load from outside. Grace period and
 * hooks are those of the pods.
 *
 * @throws {@link SimulationError} where there is no kubectl, no cluster, or nothing of that name.
 */
export async function toKubernetes({ plan, environment }: Driven): Promise<Driver> {
  const { url } = plan;
  if (url === undefined) throw new SimulationError('url-missing', {});
  const kubectl = new Kubectl(plan, environment);
  const context = plan.context ?? (await findContext(kubectl));
  const { graceMs, preStopMs } = await findWorkload(kubectl, plan.command);
  const driven = { ...plan, url, graceMs, preStopMs };
  return {
    plan: driven,
    runStart: (start, hooks, aborted) =>
      runRollout({
        plan: driven,
        start,
        hooks,
        aborted,
        context,
        toKubectl: (runId) => new Kubectl(plan, { ...environment, [runVariable]: runId }),
      }),
  };
}

async function findContext(kubectl: Kubectl): Promise<string> {
  const { exitCode, stdout } = await kubectl.call(['config', 'current-context']);
  if (exitCode !== 0 || stdout.trim() === '') throw new SimulationError('context-missing', {});
  return stdout.trim();
}
