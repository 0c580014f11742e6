import { distribute, type RunGroup } from '../measures.js';
import { duration } from '../messages/format.js';

/** One line of the table over repetitions; a cell without a value is empty. */
export interface DistributionRow {
  readonly title: string;
  readonly min: string;
  readonly median: string;
  readonly max: string;
  /** What the three numbers do not say. */
  readonly note: string;
}

/** What several starts with the same purpose measured. */
export function toDistribution({ measures, runs }: RunGroup): DistributionRow[] {
  const total = runs.length;
  const row = (title: string, values: readonly number[], write: (value: number) => string, note?: string) => {
    const spread = distribute(values);
    if (spread === undefined) return [];
    const missing = values.length < total ? `in ${String(values.length)} of ${String(total)} runs` : '';
    return [
      {
        title,
        min: write(spread.min),
        median: write(spread.median),
        max: write(spread.max),
        note: note ?? missing,
      },
    ];
  };
  const losses = measures.map(({ lost }) => lost);
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const affected = losses.filter((lost) => lost > 0).length;
  const lost = `${String(sum(losses))} of ${String(sum(measures.map(({ inFlight }) => inFlight)))}${
    affected > 0 ? `, in ${String(affected)} of ${String(total)} runs` : ''
  }`;
  const races = measures.flatMap(({ reuse }) => reuse ?? []);
  const reused = sum(races.map(({ sent }) => sent));
  const lostOnReuse = sum(races.map((race) => race.lost));
  const rate = `${String(lostOnReuse)} of ${String(reused)} (${String(Math.round((lostOnReuse / Math.max(reused, 1)) * 1_000) / 10)} %)`;
  return [
    ...row('requests lost', losses, (value) => String(value), lost),
    ...row(
      'lost on reuse',
      races.map((race) => race.lost),
      String,
      rate,
    ),
    ...row(
      'last response',
      measures.flatMap(({ lastResponseMs }) => lastResponseMs ?? []),
      duration,
    ),
    ...row(
      'exit',
      measures.map(({ exitMs }) => exitMs),
      duration,
    ),
    ...row(
      'exit lag',
      measures.flatMap(({ exitLagMs }) => exitLagMs ?? []),
      duration,
    ),
  ];
}

/** Below the table: what its times count from. */
export const distributionNote =
  'Times count from the signal; the lag is from the last response to the exit of the process.';
