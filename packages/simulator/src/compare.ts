import { SimulationError } from './errors.js';
import { judge, type Verdict } from './judge.js';
import { distribute, groupRuns, type KindMeasure, type Measures, type RunGroup } from './measures.js';
import { checkTitles, describeCheck } from './messages/checks.js';
import { count, duration } from './messages/format.js';
import type { Recording } from './timeline/recording.js';

/** One line of a comparison. */
export interface ComparedRow {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly change: 'worse' | 'better' | 'same';
}

/** What two recordings have in common, scenario by scenario. */
export interface Comparison {
  readonly hasRegressed: boolean;
  readonly groups: readonly { readonly scenarios: string; readonly rows: readonly ComparedRow[] }[];
  /** What makes the numbers less comparable than they look. */
  readonly remarks: readonly string[];
}

/** Less than this is noise between two runs on a busy machine, whatever share of the whole it is. */
const leastDifferenceMs = 300;
const lossTitles: Record<KindMeasure['probe'], string> = {
  'streamed-response': 'streams lost',
  upload: 'uploads lost',
  'pipelined-request': 'pipelined lost',
  'event-stream': 'event streams cut',
  websocket: 'WebSockets dropped',
  'grpc-call': 'gRPC calls lost',
  'grpc-stream': 'gRPC streams cut',
  'tcp-connection': 'TCP clients lost',
};
const badness: Record<Verdict, number> = { graceful: 0, unknown: 1, 'not-graceful': 2 };
/** Options that the times depend on. */
const settings = ['platform', 'signal', 'graceMs', 'requests', 'idleConnections', 'holdMs', 'path'] as const;

/**
 * Compares two recordings by the medians of their repetitions. Worse is: a worse verdict, a check that fails and did
 * not before, a larger share of requests, uploads, streams or other clients lost, or, with the same verdict, an exit or
 * an exit lag that is later by more than the tolerance.
 *
 * @param tolerance A share: 0.2 allows a fifth more.
 * @throws {@link SimulationError} where they have no scenario in common.
 */
export function compare(before: Recording, after: Recording, tolerance: number): Comparison {
  const [old, recent] = [groupRuns(judge(before)), groupRuns(judge(after))];
  const groups = recent.flatMap((group) => {
    const other = old.find(({ scenarios }) => scenarios === group.scenarios);
    return other === undefined
      ? []
      : [{ scenarios: group.scenarios, rows: compareGroup(other, group, tolerance) }];
  });
  if (groups.length === 0) {
    const names = (list: readonly RunGroup[]) => list.map(({ scenarios }) => scenarios).join('; ');
    const detail = `the first is of ${names(old)}, the second of ${names(recent)}`;
    throw new SimulationError('not-comparable', { detail });
  }
  const compared = new Set(groups.map(({ scenarios }) => scenarios));
  const single = [...old, ...recent].filter(({ scenarios }) => !compared.has(scenarios));
  return {
    hasRegressed: groups.some(({ rows }) => rows.some(({ change }) => change === 'worse')),
    groups,
    remarks: [
      ...settings.flatMap((name) => {
        const [one, two] = [String(before.plan[name]), String(after.plan[name])];
        return one === two ? [] : [`made with different options: ${name} was ${one} and is ${two}`];
      }),
      ...single.map(({ scenarios }) => `only in one of them: ${scenarios}`),
    ],
  };
}

function compareGroup(before: RunGroup, after: RunGroup, tolerance: number): ComparedRow[] {
  const verdicts = [before.worst.verdict, after.worst.verdict] as const;
  // Who loses its requests is quick: what it takes to finish them is no step back.
  const allowed = verdicts[0] === verdicts[1] ? tolerance : Infinity;
  return [
    row('verdict', ...verdicts, badness[verdicts[1]] - badness[verdicts[0]]),
    ...lossRows(before.measures, after.measures),
    ...timeRow('exit', before, after, allowed, ({ exitMs }) => exitMs),
    ...timeRow('exit lag', before, after, allowed, ({ exitLagMs }) => exitLagMs),
    ...failureRows(before, after),
  ];
}

/** Plain requests, and every other kind of traffic that one of the two had. */
function lossRows(before: readonly Measures[], after: readonly Measures[]): ComparedRow[] {
  const others = [...before, ...after].flatMap((measures) => measures.others.map(({ probe }) => probe));
  const of = (probe: KindMeasure['probe']) => (measures: Measures) =>
    measures.others.find((one) => one.probe === probe) ?? { inFlight: 0, lost: 0 };
  return [
    lossRow('requests lost', before, after),
    ...[...new Set(others)].map((probe) =>
      lossRow(lossTitles[probe], before.map(of(probe)), after.map(of(probe))),
    ),
  ];
}

type Losses = Pick<Measures, 'inFlight' | 'lost'>;

function lossRow(title: string, before: readonly Losses[], after: readonly Losses[]): ComparedRow {
  const sum = (measures: readonly Losses[]) => ({
    lost: measures.reduce((total, { lost }) => total + lost, 0),
    inFlight: measures.reduce((total, { inFlight }) => total + inFlight, 0),
  });
  const share = ({ lost, inFlight }: { lost: number; inFlight: number }) =>
    inFlight === 0 ? 0 : lost / inFlight;
  const text = ({ lost, inFlight }: { lost: number; inFlight: number }) =>
    `${String(lost)} of ${String(inFlight)}`;
  const [one, two] = [sum(before), sum(after)];
  return row(title, text(one), text(two), share(two) - share(one));
}

/** No row where one of the two has no such time. */
function timeRow(
  title: string,
  before: RunGroup,
  after: RunGroup,
  tolerance: number,
  of: (measures: Measures) => number | undefined,
): ComparedRow[] {
  const [one, two] = [before, after].map(
    ({ measures }) => distribute(measures.flatMap((each) => of(each) ?? []))?.median,
  );
  if (one === undefined || two === undefined) return [];
  const difference = two - one;
  const isNoise = Math.abs(difference) <= Math.max(leastDifferenceMs, tolerance * Math.min(one, two));
  return [row(title, duration(one), duration(two), isNoise ? 0 : difference)];
}

function failureRows(before: RunGroup, after: RunGroup): ComparedRow[] {
  const failures = (group: RunGroup) => group.checks.filter(({ check }) => check.status === 'fail');
  const has = (group: RunGroup, id: string) => failures(group).some(({ check }) => check.id === id);
  const tell = (group: RunGroup, id: string) => {
    const found = group.checks.find(({ check }) => check.id === id)?.check;
    return found === undefined ? 'not judged' : `${found.status}: ${describeCheck(found).text}`;
  };
  const ids = new Set([...failures(before), ...failures(after)].map(({ check }) => check.id));
  return [...ids].map((id) =>
    row(checkTitles[id], tell(before, id), tell(after, id), Number(has(after, id)) - Number(has(before, id))),
  );
}

function row(title: string, before: string, after: string, difference: number): ComparedRow {
  return { title, before, after, change: difference > 0 ? 'worse' : difference < 0 ? 'better' : 'same' };
}

/** The comparison as a table for a terminal. */
export function describeComparison({ groups, remarks, hasRegressed }: Comparison, tolerance: number): string {
  const width = 24;
  const marks = { worse: '✗', better: '✓', same: '·' };
  const lines = groups.flatMap(({ scenarios, rows }) => [
    '',
    ...(groups.length > 1 ? [`  ── ${scenarios}`, ''] : []),
    `    ${''.padEnd(20)}${'before'.padEnd(width)}after`,
    ...rows.flatMap(({ title, before, after, change }) => {
      const line = `  ${marks[change]} ${title.padEnd(20)}${before.padEnd(width)}${after}`;
      // Sentences do not fit side by side.
      return before.length < width
        ? [`${line}${change === 'same' ? '' : `  ${change}`}`]
        : [`  ${marks[change]} ${title.padEnd(20)}${before}`, `    ${'→'.padStart(18)}  ${after}  ${change}`];
    }),
  ]);
  const worse = groups.flatMap(({ rows }) => rows).filter(({ change }) => change === 'worse').length;
  const verdict = hasRegressed
    ? `✗ Worse than before in ${count(worse, 'point', 'points')}`
    : '✓ Not worse than before';
  const rule = `times may be ${String(Math.round(tolerance * 1000) / 10)}% longer, and ${duration(leastDifferenceMs)} in any case`;
  return `${['', `  ${verdict} (${rule})`, ...lines, '', ...remarks.map((remark) => `  ! ${remark}`), ...(remarks.length > 0 ? [''] : [])].join('\n')}\n`;
}
