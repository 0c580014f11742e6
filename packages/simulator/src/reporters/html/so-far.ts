import { toPlan, type SimulateOptions } from '../../options.js';
import { toStarts } from '../../scenarios/index.js';
import type { TimelineEvent } from '../../timeline/events.js';
import { toChart } from './chart.js';
import { renderFigure } from './figure.js';

/**
 * The timeline of a run that still goes on.
 *
 * @param events All so far; of several starts of the target the last one is drawn.
 * @returns `undefined` before the signal, since until then there is nothing to see, and of starts that go on side by side.
 */
export function renderSoFar(options: SimulateOptions, events: readonly TimelineEvent[]): string | undefined {
  const current = findCurrent(events);
  if (!current.some(({ type }) => type === 'signal-sent')) return undefined;
  const plan = toPlan(options);
  const starts = toStarts(plan.scenarios);
  const number = events.filter(({ type }) => type === 'spawned').length - 1;
  const scenarios = (starts[number % starts.length]?.scenarios ?? []).map(({ id }) => id);
  const server = {
    url: '',
    protocol: 'http',
    port: 0,
    pid: null,
    instrumented: true,
    path: plan.path,
    responseMs: 0,
    statusCode: 200,
    otherPorts: [],
  } as const;
  const run = { scenarios, repetition: 1, server, events: current, output: '' };
  return renderFigure(toChart({ verdict: 'unknown', summary: '', checks: [], run }, plan), 'so-far');
}

/** The events of the start that goes on; none where several do. */
function findCurrent(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  let begin = 0;
  let open = 0;
  let isMixed = false;
  for (const [index, { type }] of events.entries()) {
    if (type === 'ended') open -= 1;
    if (type !== 'spawned') continue;
    isMixed = open > 0;
    if (open === 0) begin = index;
    open += 1;
  }
  return isMixed ? [] : events.slice(begin);
}
