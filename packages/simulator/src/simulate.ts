import { SimulationError, toAbortError } from './errors.js';
import { toPlan, type Plan, type SimulateHooks, type SimulateOptions } from './options.js';
import { isAccepting } from './process/http-probe.js';
import { withoutSecrets } from './request-options.js';
import { runOnce } from './run.js';
import { toStarts } from './scenarios/index.js';
import type { AliveResource } from './timeline/events.js';
import { recordingVersion, type Recording, type Run } from './timeline/recording.js';

/**
 * Runs the command, puts traffic on its server, sends the signal, and records what happens until the process has ended
 * or the grace period is over; once for each set of scenarios that can share a start, and all of it `repeat` times.
 * Nothing that was started is left behind, however it ends.
 *
 * @throws {@link SimulationError} where there is nothing to judge; an `AbortError` where `hooks.abortSignal` aborts.
 */
export async function simulate(options: SimulateOptions, hooks: SimulateHooks = {}): Promise<Recording> {
  if (process.platform === 'win32') throw new SimulationError('unsupported-system', { system: 'Windows' });
  const plan = toPlan(options);
  hooks.abortSignal?.throwIfAborted();
  const startedAt = new Date().toISOString();
  const environment = { ...process.env, ...options.env };
  const { promise: aborted, release } = rejectOnAbort(hooks.abortSignal);
  const starts = toStarts(plan.scenarios);
  const runs: Run[] = [];
  try {
    for (let repetition = 1; repetition <= plan.repeat; repetition += 1) {
      for (const [index, start] of starts.entries()) {
        await refuseTakenPort(plan);
        const number = (repetition - 1) * starts.length + index + 1;
        const total = starts.length * plan.repeat;
        const onPhase =
          total === 1
            ? hooks.onPhase
            : (text: string) => hooks.onPhase?.(`${String(number)}/${String(total)} ${text}`);
        const named = { ...hooks, ...(onPhase === undefined ? {} : { onPhase }) };
        const run = await runOnce(plan, start, environment, named, aborted);
        const trace =
          plan.trace === 'when-it-hangs'
            ? await findTrace(run, () =>
                runOnce({ ...plan, trace: 'always' }, start, environment, named, aborted, true),
              )
            : undefined;
        runs.push({ ...run, repetition, ...(trace === undefined ? {} : { trace }) });
      }
    }
  } finally {
    release();
  }
  return {
    version: recordingVersion,
    startedAt,
    plan: withoutSecrets(plan),
    host: { os: process.platform, node: process.version },
    runs: runs as [Run, ...Run[]],
  };
}

/**
 * Where a run did not end by itself, and it is not known from where in the source that comes, starts the target again
 * with a trace that tells.
 */
async function findTrace(
  { events, server }: Omit<Run, 'repetition'>,
  again: () => Promise<Omit<Run, 'repetition'>>,
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

async function refuseTakenPort(plan: Plan): Promise<void> {
  const url = plan.url ?? (plan.port === undefined ? undefined : `http://localhost:${String(plan.port)}`);
  if (url === undefined) return;
  const { hostname, port, protocol, pathname } = new URL(url);
  if (protocol === 'unix:') {
    if (await isAccepting(decodeURI(pathname), 0)) throw new SimulationError('port-taken', { url });
    return;
  }
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  const hosts = hostname === 'localhost' ? ['127.0.0.1', '::1'] : [hostname.replace(/^\[|\]$/g, '')];
  for (const host of hosts)
    if (await isAccepting(host, number)) throw new SimulationError('port-taken', { url });
}

function rejectOnAbort(signal: AbortSignal | undefined): { promise: Promise<never>; release: () => void } {
  let release = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    if (signal === undefined) return;
    const onAbort = () => {
      reject(toAbortError(signal));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    release = () => {
      signal.removeEventListener('abort', onAbort);
    };
  });
  promise.catch(() => undefined);
  return { promise, release };
}
