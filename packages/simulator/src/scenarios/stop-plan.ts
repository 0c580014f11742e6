import type { Leftovers, Reach } from 'graceful-shutdown-platforms';
import { platformOf, signalToKillMs, type Plan } from '../options.js';
import { findScenario } from './index.js';
import type { Act, AnyScenarioId } from './scenario.js';

/** How one start of the target is stopped: the platform's facts, as far as the scenario leaves them in force. */
export interface StopPlan {
  readonly signal: NodeJS.Signals;
  /** Which processes get it; `foreground-group` is what a terminal signals on Ctrl-C. */
  readonly reaches: Reach | 'foreground-group';
  /** The platform may send it twice, so it does. */
  readonly isRepeated: boolean;
  /** Sent at the end of the grace period, in front of SIGKILL. */
  readonly lastSignal?: NodeJS.Signals;
  /** Milliseconds that the hook in front of the signal takes. */
  readonly preStopMs: number;
  /** Milliseconds from the signal to SIGKILL. */
  readonly killAfterMs: number;
  readonly leftovers: Leftovers;
  /** The target is to be process 1 of a container. */
  readonly isContainer: boolean;
}

/** Reads the stop off the tables: no platform and no scenario is named anywhere else. */
export function toStopPlan(plan: Plan, act: Act): StopPlan {
  const platform = platformOf(plan);
  if (act === 'ctrl-c') {
    return {
      signal: 'SIGINT',
      reaches: 'foreground-group',
      isRepeated: false,
      preStopMs: 0,
      killAfterMs: plan.graceMs,
      leftovers: 'left',
      isContainer: false,
    };
  }
  return {
    signal: plan.signal,
    reaches: platform.reaches,
    isRepeated: platform.repeatsSignal === true,
    ...(platform.secondSignal === undefined ? {} : { lastSignal: platform.secondSignal }),
    preStopMs: plan.preStopMs,
    killAfterMs: signalToKillMs(plan),
    leftovers: platform.leftovers,
    isContainer: platform.isContainer,
  };
}

/** The stop of a start that was made for these scenarios. */
export function findStopPlan(plan: Plan, scenarios: readonly AnyScenarioId[]): StopPlan {
  const acts = scenarios.flatMap((id) => findScenario(id)?.act ?? []);
  return toStopPlan(plan, acts.find((act) => act === 'ctrl-c') ?? 'once');
}
