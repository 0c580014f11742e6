import type { LoadedConfig, Report, SimulateOptions, TimelineEvent } from 'sigterm';

/** What the extension says to the simulation's process. When it says nothing any more, the run is cancelled as well. */
export type ToSimulation =
  | { readonly type: 'run'; readonly options: SimulateOptions }
  /** Reads a `sigterm.config`, which runs code of the workspace. */
  | { readonly type: 'load-config'; readonly file: string }
  | { readonly type: 'cancel' };

/** What the simulation's process says; one of the last four ends it. */
export type FromSimulation =
  | { readonly type: 'event'; readonly event: TimelineEvent }
  | { readonly type: 'output'; readonly text: string }
  | { readonly type: 'config'; readonly config: LoadedConfig }
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly failure: Failure };

/** Why there is nothing to judge. */
export interface Failure {
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string | undefined;
  /** What the server printed last. */
  readonly lastOutput?: string | undefined;
}
