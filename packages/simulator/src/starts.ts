import { CountedStarts } from './counted-starts.js';
import { SimulationError } from './errors.js';
import { Gate } from './gate.js';
import { InTurn } from './in-turn.js';
import { phases } from './messages/phases.js';
import type { SimulateHooks } from './options.js';
import { areApart, hasPlaceholder, placePort, refuseTakenPort, type Placed } from './ports.js';
import { runOnce, type RunHooks } from './run.js';
import type { Start } from './scenarios/index.js';
import type { AliveResource } from './timeline/events.js';
import type { Run } from './timeline/recording.js';

type Result = Omit<Run, 'repetition'>;

/**
 * Starts the target for each of these, in their order, and side by side where that disturbs nothing: the target must
 * not want the same port each time, and none is measured while another one starts or puts a load on the machine.
 *
 * @param placed The plan and the environment of the target.
 * @param aborted Rejects when all is to be ended before its time.
 */
export async function runStarts(
  starts: readonly Start[],
  placed: Placed,
  hooks: SimulateHooks,
  aborted: Promise<never>,
): Promise<Result[]> {
  const { jobs = 1, port, url } = placed.plan;
  const results: Result[] = [];
  const counted = new CountedStarts(hooks, starts.length);
  const isFixed = jobs === 1 || port !== undefined || url !== undefined;
  /** Whether each start listens elsewhere; where nobody has said it, that is not known before there have been two. */
  let isApart = isFixed ? false : hasPlaceholder(placed) ? true : undefined;
  while (results.length < starts.length) {
    const next = starts.slice(results.length);
    const size = isApart === true ? sizeOfBatch(next, jobs) : 1;
    const isTrial = isApart === undefined && results.length === 1;
    const batch = next.slice(0, size);
    await refuseTakenPort(placed.plan);
    const done = await runBatch(batch, {
      placed,
      isOffered: isApart === true || isTrial,
      hooks: counted.next(results.length, size, jobs > 1 && isApart === false),
      aborted,
    }).catch(async (error: unknown) => {
      if (!(error instanceof SimulationError) || (!isTrial && size === 1)) throw error;
      // It may be the port, or the others beside it, that it does not stand: the same once more, without either.
      isApart = false;
      return undefined;
    });
    if (done === undefined) continue;
    results.push(...done);
    const [first, second] = results;
    if (isTrial && first !== undefined && second !== undefined) isApart = areApart(first, second);
  }
  return results;
}

/** How many of the next starts may go on at the same time. */
function sizeOfBatch(next: readonly Start[], jobs: number): number {
  const isLoad = ({ scenarios }: Start) => scenarios.some(({ id }) => id === 'reuse-race');
  const load = next.findIndex(isLoad);
  if (load === 0) return 1;
  return Math.min(jobs, load === -1 ? next.length : load);
}

interface Batch {
  readonly placed: Placed;
  readonly isOffered: boolean;
  readonly hooks: SimulateHooks;
  readonly aborted: Promise<never>;
}

async function runBatch(
  batch: readonly Start[],
  { placed, isOffered, hooks, aborted }: Batch,
): Promise<Result[]> {
  const run = async (start: Start, own: RunHooks, isTraced: boolean) => {
    const { plan, environment } = await placePort(placed, isOffered);
    const traced = isTraced ? ({ ...plan, trace: 'always' } as const) : plan;
    return runOnce(traced, start, environment, { ...hooks, ...own }, aborted, isTraced);
  };
  const gate = new Gate(batch.length);
  const results = await allInTurn(batch, hooks, (start, own) => {
    const { pass, leave } = gate.enter();
    const whenReady = () => {
      if (batch.length > 1) hooks.onPhase?.(phases.waiting());
      return pass();
    };
    return run(start, { ...own, whenReady }, false).finally(leave);
  });
  if (placed.plan.trace !== 'when-it-hangs') return results;
  // Only now: a start would disturb those that are still measured.
  return allInTurn(results, hooks, async (result, own) => {
    const start = batch[results.indexOf(result)];
    const trace = start === undefined ? undefined : await findTrace(result, () => run(start, own, true));
    return trace === undefined ? result : { ...result, trace };
  });
}

/** Does all at the same time; when one fails waits until the others have cleaned up. */
async function allInTurn<Item, Done>(
  items: readonly Item[],
  hooks: SimulateHooks,
  act: (item: Item, own: RunHooks) => Promise<Done>,
): Promise<Done[]> {
  const inTurn = new InTurn(hooks);
  const settled = await Promise.allSettled(
    items.map((item) => {
      const { hooks: own, end } = inTurn.next();
      return act(item, own).finally(end);
    }),
  );
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/**
 * Where a run did not end by itself, and it is not known from where in the source that comes, starts the target again
 * with a trace that tells.
 */
async function findTrace(
  { events, server }: Result,
  again: () => Promise<Result>,
): Promise<readonly AliveResource[] | undefined> {
  const isHung = events.some(({ type }) => type === 'grace-expired');
  const told = events.findLast((event) => event.type === 'kept-alive');
  // A server that still listens has not begun to stop: there is nothing to be found out.
  const isListening = told?.resources?.some(({ kind }) => kind === 'server') ?? true;
  if (!isHung || !server.instrumented || told?.isTraced === true || isListening) return undefined;
  try {
    const traced = await again();
    return traced.events.findLast((event) => event.type === 'kept-alive')?.resources ?? undefined;
  } catch (error) {
    // It is only an explanation: what was seen stands without it.
    if (error instanceof SimulationError) return undefined;
    throw error;
  }
}
