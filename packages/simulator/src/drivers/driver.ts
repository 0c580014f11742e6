import type { Plan, SimulateHooks, SimulateOptions } from '../options.js';
import type { Start } from '../scenarios/index.js';
import type { Run } from '../timeline/recording.js';

/** What runs and stops the target: this host itself, or an engine by its vendor's own command. */
export type DriverId = 'docker' | 'kubernetes';

/** A way to run the target, with the plan as the engine leaves it in force. */
export interface Driver {
  readonly plan: Plan;
  /** One start of the target, as `runOnce` does it on this host. */
  runStart(start: Start, hooks: SimulateHooks, aborted: Promise<never>): Promise<Omit<Run, 'repetition'>>;
}

/** What a driver is made from. */
export interface Driven {
  readonly plan: Plan;
  readonly options: SimulateOptions;
  readonly environment: NodeJS.ProcessEnv;
}
