import { availableParallelism, constants } from 'node:os';
import { budget, findPlatform, platforms, type Platform, type PlatformId } from 'graceful-shutdown-platforms';
import { checkDriver } from './drivers/check-driver.js';
import type { DriverId } from './drivers/driver.js';
import { SimulationError } from './errors.js';
import { toRequestPlan, type RequestPlan } from './request-options.js';
import { chooseScenarios } from './scenarios/choose.js';
import type { AnyScenarioId, ScenarioId } from './scenarios/index.js';
import type { TimelineEvent } from './timeline/events.js';

/** What to run and how to stop it. Times in milliseconds. */
export interface SimulateOptions {
  /** The program and its arguments; run without a shell. */
  command: readonly [string, ...string[]];
  cwd?: string;
  /** Added to the environment of this process; `undefined` takes a variable away. */
  env?: Record<string, string | undefined>;
  /**
   * Runs the target in a real engine instead of on this host: with `docker` the command is an image and its arguments,
   * with `kubernetes` it is `deployment/NAME` or `pod/NAME`, which is restarted while clients ask at `url`.
   */
  driver?: DriverId;
  /** Where kubernetes looks for it. Default: that of the context. */
  namespace?: string;
  /** Which cluster is meant, by its name in the kubeconfig. Default: the current one. */
  context?: string;
  /** Whose way to stop a process to act out. Default `local`: a plain process on this host. */
  platform?: PlatformId;
  /** Default: the platform's. */
  signal?: NodeJS.Signals;
  /** The grace period, at the end of which SIGKILL comes. Default: the platform's. */
  graceMs?: number;
  /** How long the platform's preStop hook takes before the signal; only where the platform has one. Default 0. */
  preStopMs?: number;
  /** Whether the target is process 1 of a PID namespace where it is so on the platform. Default true, where allowed. */
  pid1?: boolean;
  /** Whether process 1 is a small init in front of the target, as with `docker run --init`. Default false. */
  init?: boolean;
  /** Requests in flight when the signal goes out, each on a connection of its own. Default 8. */
  requests?: number;
  /** Keep-alive connections on which nothing is sent at the signal. Default 3. */
  idleConnections?: number;
  /**
   * How long the requests in flight need after the signal (Node targets only). Default 2000, or half of what the
   * platform leaves between signal and SIGKILL where that is less.
   */
  holdMs?: number;
  /** Path of the requests in flight. Default `/`. */
  path?: string;
  /** Method of the requests in flight. Default GET, with a body POST. */
  method?: string;
  /** What the requests in flight send; where it is JSON and nothing else is said, as `application/json`. */
  body?: string;
  /** Sent with every request, also with those that look for the server. */
  headers?: Readonly<Record<string, string>>;
  /**
   * The target is ready when this path answers with a status below 400, and from the signal on it is watched when it
   * says otherwise. Default: ready with any answer.
   */
  readyPath?: string;
  /** Port of the server; default: found by itself. */
  port?: number;
  /** Origin of the server, instead of `port`. */
  url?: string;
  /** Hold responses inside a Node target. Default true; where the target is not Node it makes no difference. */
  instrument?: boolean;
  /** How long the target may take until it answers. Default 30 000. */
  readyTimeoutMs?: number;
  /** What the signal shall find on the server. Default: the scenarios that are so by default, in one start. */
  scenarios?: readonly ScenarioId[];
  /** Paths of scenarios whose requests go elsewhere than to `path`, such as a WebSocket's. */
  scenarioPaths?: Partial<Record<ScenarioId, string>>;
  /** How often everything is done; each time counts. Default 1. */
  repeat?: number;
  /**
   * How many starts may go on side by side: from the third one on, where the target was seen to listen elsewhere each
   * time, as with port 0, with `PORT`, or with `{port}` in the command or a variable. Default: 4, or the number of
   * processors where that is less.
   */
  jobs?: number;
  /**
   * Find the line of the source that created what keeps a process alive (Node targets only); it slows the target down.
   * Default: in a second start, where the first one did not end by itself.
   */
  trace?: boolean;
}

/** What the caller may watch while a run goes on. */
export interface SimulateHooks {
  onEvent?: (event: TimelineEvent) => void;
  /** What the target prints, as it prints it. */
  onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
  /** What is going on, in a few words, for a progress line. */
  onPhase?: (text: string) => void;
  /** What is about to be done to something that was there before, such as pods of a cluster. */
  onAnnounce?: (text: string) => void;
  /** Ends the run: everything started is killed, and the promise rejects with an AbortError. */
  abortSignal?: AbortSignal;
}

/** The options of a run, complete and checked. Part of the recording, so plain JSON. */
export interface Plan extends RequestPlan {
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  /** Absent: this host itself. */
  readonly driver?: DriverId;
  readonly namespace?: string;
  readonly context?: string;
  readonly platform: PlatformId;
  readonly signal: NodeJS.Signals;
  readonly graceMs: number;
  readonly preStopMs: number;
  readonly pid1: boolean;
  readonly init: boolean;
  readonly requests: number;
  readonly idleConnections: number;
  readonly holdMs: number;
  readonly path: string;
  /** Whether the path was asked for, or is the default. */
  readonly isPathChosen: boolean;
  readonly readyPath?: string;
  readonly port?: number;
  /** An origin: scheme, host and port. */
  readonly url?: string;
  readonly instrument: boolean;
  readonly readyTimeoutMs: number;
  readonly scenarios: readonly AnyScenarioId[];
  readonly scenarioPaths: Readonly<Partial<Record<ScenarioId, string>>>;
  readonly repeat: number;
  /** How many starts could go on side by side; older recordings do not say it. */
  readonly jobs?: number;
  /** `when-it-hangs`: in a second start. */
  readonly trace: 'always' | 'when-it-hangs' | 'never';
}

/** More at the same time would blur what each of them measures. */
const mostJobs = 4;
export const defaults = {
  platform: 'local',
  requests: 8,
  idleConnections: 3,
  holdMs: 2_000,
  path: '/',
  readyTimeoutMs: 30_000,
  repeat: 1,
} as const satisfies Partial<SimulateOptions>;

/** The platform of a plan. */
export function platformOf(plan: Pick<Plan, 'platform'>): Platform {
  return platforms[plan.platform];
}

/** How long after the signal SIGKILL comes: what the platform's hook has used up is gone from the grace period. */
export function signalToKillMs({
  platform,
  graceMs,
  preStopMs,
}: Pick<Plan, 'platform' | 'graceMs' | 'preStopMs'>): number {
  return budget({ platform, graceMs, preStopMs }).signalToKillMs;
}

/** A request that takes longer than the platform waits would be lost by any server. */
function toHold(killAfterMs: number): number {
  return killAfterMs === 0 ? defaults.holdMs : Math.min(defaults.holdMs, Math.ceil(killAfterMs / 2));
}

/** Checks the options and fills in what is not given; throws a {@link SimulationError} for what cannot be meant. */
export function toPlan(options: SimulateOptions): Plan {
  const { driver } = options;
  checkDriver(options);
  const platform = findPlatform(options.platform ?? driver ?? defaults.platform);
  if (platform === undefined) {
    throw new SimulationError('unknown-platform', {
      platform: String(options.platform),
      known: Object.keys(platforms),
    });
  }
  const signal = options.signal ?? platform.signal;
  if (!Object.hasOwn(constants.signals, signal)) {
    throw new SimulationError('unknown-signal', { signal });
  }
  if (options.command.length === 0 || options.command[0] === '') throw new SimulationError('no-command', {});
  const path = toPath('path', options.path ?? defaults.path);
  const graceMs = toCount('grace', options.graceMs ?? platform.graceMs, 0);
  const preStopMs = toCount('pre-stop', options.preStopMs ?? 0, 0);
  if (preStopMs > 0 && !('wherePreStopIsSet' in platform)) {
    const known = Object.values<Platform>(platforms).filter((one) => one.wherePreStopIsSet !== undefined);
    throw new SimulationError('no-pre-stop', { platform: platform.name, known: known.map(({ id }) => id) });
  }
  const killAfterMs = signalToKillMs({ platform: platform.id, graceMs, preStopMs });
  const url = options.url === undefined ? undefined : toOrigin(options.url);
  return {
    command: [...options.command],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(driver === undefined ? {} : { driver }),
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
    ...(options.context === undefined ? {} : { context: options.context }),
    platform: platform.id,
    signal,
    graceMs,
    preStopMs,
    pid1: options.pid1 ?? true,
    init: options.init ?? false,
    requests: toCount('requests', options.requests ?? defaults.requests, 1),
    idleConnections: toCount('idle', options.idleConnections ?? defaults.idleConnections, 0),
    holdMs: toCount('hold', options.holdMs ?? toHold(killAfterMs), 1),
    path,
    isPathChosen: options.path !== undefined,
    ...toRequestPlan(options),
    ...(options.readyPath === undefined ? {} : { readyPath: toPath('ready-path', options.readyPath) }),
    ...(options.port === undefined ? {} : { port: toCount('port', options.port, 1) }),
    ...(url === undefined ? {} : { url }),
    instrument: driver === undefined && (options.instrument ?? true),
    readyTimeoutMs: toCount('ready-timeout', options.readyTimeoutMs ?? defaults.readyTimeoutMs, 1),
    scenarios: chooseScenarios(options.scenarios, driver),
    scenarioPaths: Object.fromEntries(
      Object.entries(options.scenarioPaths ?? {}).map(([id, one]) => [id, toPath(`scenario ${id}`, one)]),
    ),
    repeat: toCount('repeat', options.repeat ?? defaults.repeat, 1),
    jobs: toCount('jobs', options.jobs ?? Math.min(availableParallelism(), mostJobs), 1),
    trace: options.trace === undefined ? 'when-it-hangs' : options.trace ? 'always' : 'never',
  };
}

function toPath(option: string, path: string): string {
  if (/^\/[^\s#]*$/.test(path)) return path;
  throw new SimulationError('bad-option', { option, value: path, expected: 'a path that begins with "/"' });
}

function toCount(option: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new SimulationError('bad-option', {
    option,
    value: String(value),
    expected: `a whole number, at least ${String(least)}`,
  });
}

function toOrigin(url: string): string {
  if (/^unix:\/[^\s]+$/.test(url)) return url;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url).origin;
  throw new SimulationError('bad-option', {
    option: 'url',
    value: url,
    expected: 'a URL such as http://localhost:3000, or unix:/path/of.sock',
  });
}
