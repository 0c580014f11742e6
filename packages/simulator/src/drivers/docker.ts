import { SimulationError } from '../errors.js';
import { phases } from '../messages/phases.js';
import { runVariable } from '../process/process-tree.js';
import type { Driven, Driver } from './driver.js';
import { runContainer } from './docker-run.js';
import { lastLine, VendorCommand } from './vendor-command.js';

/**
 * Runs an image with `docker run` and ends it with `docker stop`. What the image says itself, its signal, counts.
 *
 * @throws {@link SimulationError} where there is no docker, no daemon, or no such image.
 */
export async function toDocker(
  { plan, options, environment }: Driven,
  onPhase?: (text: string) => void,
): Promise<Driver> {
  const docker = new VendorCommand('docker', environment);
  const version = await docker.call(['version', '--format', '{{.Server.Version}}']);
  if (version.exitCode !== 0)
    throw new SimulationError('driver-unavailable', { program: 'docker', detail: lastLine(version) });
  const [image] = plan.command;
  const inspect = ['image', 'inspect', '--format', '{{.Config.StopSignal}}', image];
  let found = await docker.call(inspect);
  if (found.exitCode !== 0) {
    onPhase?.(phases.pulling(image));
    const pulled = await docker.call(['pull', '--quiet', image]);
    if (pulled.exitCode !== 0)
      throw new SimulationError('image-not-found', { image, detail: lastLine(pulled) });
    found = await docker.call(inspect);
  }
  const stopSignal = found.stdout.trim();
  const signal =
    options.signal === undefined && /^SIG[A-Z0-9]+$/.test(stopSignal)
      ? (stopSignal as NodeJS.Signals)
      : plan.signal;
  // Docker counts in whole seconds.
  const graceMs = Math.ceil(plan.graceMs / 1_000) * 1_000;
  const driven = { ...plan, signal, graceMs };
  return {
    plan: driven,
    runStart: (start, hooks, aborted) =>
      runContainer({
        plan: driven,
        start,
        hooks,
        aborted,
        env: options.env ?? {},
        toCommand: (runId) => new VendorCommand('docker', { ...environment, [runVariable]: runId }),
      }),
  };
}
