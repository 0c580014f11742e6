import { platforms, type PlatformId } from './table.js';
import type { Platform } from './platform.js';

/** What a stop consists of, in the order in which it happens. */
export type BudgetPartKind = 'pre-stop' | 'lead-delay' | 'drain' | 'cleanup';

/** What is known of a server's stop; what is absent is not counted. All times in milliseconds. */
export interface BudgetOptions {
  readonly platform: PlatformId;
  /** The grace period. Default: the platform's. */
  readonly graceMs?: number;
  /** What the platform's hook takes before the signal. */
  readonly preStopMs?: number;
  /** How long the server goes on accepting after the signal, until the load balancer has learned of the stop. */
  readonly leadDelayMs?: number;
  /** The deadline of the drain: when what is still in flight is cut. */
  readonly drainMs?: number;
  /** What closing pools, flushing logs and the like takes once the drain has ended. */
  readonly cleanupMs?: number;
}

/** One part of a stop. */
export interface BudgetPart {
  readonly kind: BudgetPartKind;
  readonly ms: number;
  /** Whether it is taken from the grace period; a hook is not, where that is counted from the signal. */
  readonly isCounted: boolean;
}

/**
 * `fits`: the margin is left. `tight`: it ends in time, but within the margin. `late`: SIGKILL comes first.
 * `pre-stop-overruns`: the hook alone uses up the grace period. `no-grace`: SIGKILL follows the signal at once.
 */
export type BudgetVerdict = 'fits' | 'tight' | 'late' | 'pre-stop-overruns' | 'no-grace';

/** A grace period and what is taken from it: plain data, in milliseconds. */
export interface Budget {
  readonly platform: PlatformId;
  readonly graceMs: number;
  readonly graceStarts: Platform['graceStarts'];
  /** The parts that were given, in the order in which they happen. */
  readonly spent: readonly BudgetPart[];
  /** The sum of the parts that are counted. */
  readonly spentMs: number;
  /** From the signal to SIGKILL: what the process itself has. */
  readonly signalToKillMs: number;
  /** What is left between the end of the stop and SIGKILL; negative where SIGKILL comes first. */
  readonly leftMs: number;
  /** What should be left, because timers come late and an exit takes time: a fifth of the grace period. */
  readonly marginMs: number;
  /** The longest drain that leaves the margin beside the other parts, in whole tenths of a second. */
  readonly longestDrainMs: number;
  readonly verdict: BudgetVerdict;
}

/** What a stop takes from the grace period; throws a RangeError for a time that is negative or not finite. */
export function budget(options: BudgetOptions): Budget {
  const platform: Platform = platforms[options.platform];
  const graceMs = toTime('graceMs', options.graceMs ?? platform.graceMs);
  const parts = partsOf(options, platform);
  const preStopMs = platform.graceStarts === 'pre-stop' ? Math.min(options.preStopMs ?? 0, graceMs) : 0;
  // A kubelet gives every container a last moment, however much of the period its hook has used.
  const leastMs = preStopMs === 0 ? 0 : (platform.overrunMs ?? 0);
  const signalToKillMs = Math.max(graceMs - preStopMs, leastMs);
  const own = parts.filter(({ kind }) => kind !== 'pre-stop');
  const leftMs = signalToKillMs - sum(own);
  const marginMs = Math.round(graceMs / 5);
  const others = sum(own.filter(({ kind }) => kind !== 'drain'));
  return {
    platform: options.platform,
    graceMs,
    graceStarts: platform.graceStarts,
    spent: parts,
    spentMs: sum(parts.filter(({ isCounted }) => isCounted)),
    signalToKillMs,
    leftMs,
    marginMs,
    longestDrainMs: Math.max(0, Math.floor((signalToKillMs - others - marginMs) / 100) * 100),
    verdict: verdictOf(graceMs, preStopMs, leftMs, marginMs),
  };
}

function partsOf(options: BudgetOptions, platform: Platform): BudgetPart[] {
  const given = [
    ['pre-stop', 'preStopMs', platform.graceStarts === 'pre-stop'],
    ['lead-delay', 'leadDelayMs', true],
    ['drain', 'drainMs', true],
    ['cleanup', 'cleanupMs', true],
  ] as const;
  return given.flatMap(([kind, name, isCounted]) => {
    const ms = options[name];
    return ms === undefined ? [] : [{ kind, ms: toTime(name, ms), isCounted }];
  });
}

function verdictOf(graceMs: number, preStopMs: number, leftMs: number, marginMs: number): BudgetVerdict {
  if (graceMs === 0) return 'no-grace';
  if (preStopMs >= graceMs) return 'pre-stop-overruns';
  if (leftMs < 0) return 'late';
  return leftMs < marginMs ? 'tight' : 'fits';
}

const names = { 'pre-stop': 'preStop', 'lead-delay': 'lead', drain: 'drain', cleanup: 'clean-up' };

/** The budget in one line: `preStop 5 s + lead 3 s + drain 10 s + clean-up 1 s = 19 s of 30 s`. */
export function budgetLine({ spent, spentMs, graceMs }: Budget): string {
  const counted = spent.filter(({ isCounted }) => isCounted);
  const list = counted.map(({ kind, ms }) => `${names[kind]} ${seconds(ms)}`).join(' + ');
  return list === ''
    ? `nothing of ${seconds(graceMs)}`
    : `${list} = ${seconds(spentMs)} of ${seconds(graceMs)}`;
}

function seconds(ms: number): string {
  return `${Math.round(ms) / 1_000} s`;
}

function sum(parts: readonly BudgetPart[]): number {
  return parts.reduce((total, { ms }) => total + ms, 0);
}

function toTime(name: string, ms: number): number {
  if (!Number.isFinite(ms) || ms < 0)
    throw new RangeError(`${name} must be a number of milliseconds, not ${ms}`);
  return ms;
}
