import { SimulationError } from '../errors.js';
import type { SimulateOptions } from '../options.js';
import type { DriverId } from './driver.js';

/** Every driver. */
export const driverIds: readonly DriverId[] = ['docker', 'kubernetes'];

/** What the specification of a pod says, or what a cluster does not let anybody say from outside. */
const fixedByCluster = [
  'signal',
  'graceMs',
  'preStopMs',
  'port',
  'env',
  'init',
] as const satisfies readonly (keyof SimulateOptions)[];

/** Refuses a driver that is not there, and options that do not go with it; throws a {@link SimulationError}. */
export function checkDriver(options: SimulateOptions): void {
  const { driver } = options;
  if (driver !== undefined && !driverIds.includes(driver))
    throw new SimulationError('bad-option', {
      option: 'driver',
      value: driver,
      expected: driverIds.join(' or '),
    });
  if (driver !== undefined && options.platform !== undefined && options.platform !== driver)
    throw new SimulationError('driver-platform', { driver, platform: options.platform });
  refuseForeign(options);
}

/** Refuses what means nothing to the engine, or what it says itself. */
function refuseForeign(options: SimulateOptions): void {
  const given = (names: readonly (keyof SimulateOptions)[]) =>
    names.filter((name) => options[name] !== undefined);
  const isKubernetes = options.driver === 'kubernetes';
  const [foreign] = given(isKubernetes ? fixedByCluster : ['namespace', 'context']);
  if (foreign !== undefined)
    throw new SimulationError(isKubernetes ? 'fixed-by-cluster' : 'only-for-cluster', {
      option: foreign.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    });
}
