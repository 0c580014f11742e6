import type { DriverId } from '../drivers/driver.js';
import { SimulationError } from '../errors.js';
import { scenarios, type AnyScenarioId, type ScenarioId } from './index.js';

/**
 * The scenarios of a run: those that were asked for, else the default ones, as far as the driver can act them out. In the
 * order of the table, each once; throws a {@link SimulationError} for what is not known or not possible.
 */
export function chooseScenarios(
  ids: readonly ScenarioId[] | undefined,
  driver: DriverId | undefined,
): AnyScenarioId[] {
  const known = Object.keys(scenarios) as ScenarioId[];
  const unknown = ids?.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new SimulationError('unknown-scenario', { scenario: unknown, known });
  if (driver === 'kubernetes') {
    if (ids === undefined || ids.length === known.length) return ['rollout'];
    throw new SimulationError('driver-scenarios', { driver, scenarios: [...ids], known: [] });
  }
  // What the engine puts in front of the target accepts for it, and it takes no other way to stop than its own.
  const isPossible = (id: ScenarioId) =>
    driver === undefined || (scenarios[id].act === 'once' && id !== 'new-connections');
  const impossible = ids?.filter((id) => !isPossible(id)) ?? [];
  // Who asks for all wants all there are.
  if (driver !== undefined && impossible.length > 0 && ids?.length !== known.length)
    throw new SimulationError('driver-scenarios', {
      driver,
      scenarios: impossible,
      known: known.filter(isPossible),
    });
  return known.filter((id) => isPossible(id) && (ids?.includes(id) ?? scenarios[id].isDefault));
}
