import {
  judge,
  reporters,
  type CheckId,
  type CheckResult,
  type Recording,
  type Report,
  type ScenarioId,
  type SimulateOptions,
} from 'sigterm';
import { describe, expect, it } from 'vitest';
import type { ProbeKind, TimelineFact } from '../src/timeline/events.js';
import { answered, exited, inFlight, lost, record } from './support/recordings.js';
import { fixture, run } from './support/run-fixture.js';

/** Runs the program that takes every kind of request, with a flaw of its drain. */
async function drain(
  flaw: string,
  scenarios: readonly ScenarioId[],
  options: Partial<SimulateOptions> = {},
): Promise<Report> {
  const command = [process.execPath, fixture('all-work.mjs'), flaw] as const;
  return run(command, { scenarios, trace: false, ...options });
}

/** The answer of a check in whichever run has asked it. */
function answerOf(report: Report, id: CheckId): CheckResult | undefined {
  return report.runs.flatMap(({ checks }) => checks).find((check) => check.id === id);
}

/** The answer of a check in the run of a scenario. */
function answerIn(report: Report, scenario: ScenarioId, id: CheckId): CheckResult | undefined {
  const one = report.runs.find(({ run: { scenarios } }) => scenarios.includes(scenario));
  return one?.checks.find((check) => check.id === id);
}

describe('a drain that takes care of everything', () => {
  it('finishes responses that have begun and uploads, and answers what is pipelined', async () => {
    const report = await drain('none', ['streaming', 'upload', 'pipelined']);
    expect(report.verdict).toBe('graceful');
    expect(answerOf(report, 'streaming')).toMatchObject({ code: 'streaming/complete', args: { total: 3 } });
    expect(answerOf(report, 'upload')).toMatchObject({ code: 'upload/complete', args: { total: 2 } });
    // The first response says that nothing comes after it.
    expect(answerOf(report, 'pipelined')).toMatchObject({
      code: 'pipelined/second-lost',
      status: 'warn',
      args: { total: 2, lost: 2, announced: 2, begun: 2 },
    });
    const { args } = answerOf(report, 'upload') as { args: { lastMs: number } };
    // The rest of the body is sent in the middle of the hold.
    expect(args.lastMs).toBeGreaterThanOrEqual(340);
  });

  it('closes silent sockets and half requests when nothing else is left', async () => {
    const report = await drain('none', ['silent-socket', 'half-request']);
    expect(report.verdict).toBe('graceful');
    expect(answerOf(report, 'silent-socket')).toMatchObject({
      code: 'silent-socket/closed',
      status: 'pass',
      args: { total: 3, open: 0 },
    });
    expect(answerOf(report, 'half-request')).toMatchObject({ code: 'half-request/closed', status: 'pass' });
    expect(answerIn(report, 'silent-socket', 'exit-code')?.code).toBe('exit-code/zero');
  });

  it('cuts requests that never end, and says so with its exit code', async () => {
    const report = await drain('none', ['endless']);
    expect(report.verdict).toBe('graceful');
    expect(answerOf(report, 'endless')).toMatchObject({
      code: 'endless/cut',
      status: 'pass',
      args: { total: 2, exitCode: 1 },
    });
    expect(answerOf(report, 'in-flight-requests')?.code).toBe('in-flight/complete');
    expect(answerOf(report, 'exit-code')).toMatchObject({ code: 'exit-code/cut', status: 'pass' });
    expect(answerOf(report, 'keep-alive-linger')).toBeUndefined();
  });

  it('serves clients that reuse their connections until they have been told', async () => {
    const report = await drain('none', ['reuse-race']);
    expect(report.verdict).toBe('graceful');
    const { args } = answerOf(report, 'reuse-race') as { args: { reused: number; rate: number } };
    expect(args.reused).toBeGreaterThanOrEqual(10);
    // A client that the machine kept waiting may meet the sweep.
    expect(args.rate).toBeLessThan(0.2);
  });
});

describe('a drain with a flaw', () => {
  it.each(['/stream', '/stream?length', '/stream?eof'])('cuts what has begun (%s)', async (path) => {
    const report = await drain('cuts-streams', ['streaming'], { scenarioPaths: { streaming: path } });
    expect(report.verdict).toBe('not-graceful');
    expect(answerOf(report, 'in-flight-requests')?.code).toBe('in-flight/complete');
    expect(answerOf(report, 'streaming')).toMatchObject({
      code: 'streaming/cut',
      args: { total: 3, lost: 3, detail: 'closed in the middle of the response', byKill: false },
    });
  });

  it('drops uploads', async () => {
    const report = await drain('cuts-uploads', ['upload']);
    expect(report.verdict).toBe('not-graceful');
    expect(answerOf(report, 'in-flight-requests')?.code).toBe('in-flight/complete');
    expect(answerOf(report, 'upload')).toMatchObject({ code: 'upload/lost', args: { total: 2, lost: 2 } });
  });

  it('loses requests on reused connections: told as a rate, and no verdict', async () => {
    const report = await drain('drops-reused', ['reuse-race']);
    expect(report.verdict).toBe('graceful');
    expect(answerOf(report, 'reuse-race')).toMatchObject({ code: 'reuse-race/lost', status: 'warn' });
    const { args } = answerOf(report, 'reuse-race') as {
      args: { lost: number; reused: number; rate: number };
    };
    expect(args.lost).toBeGreaterThan(5);
    expect(args.rate).toBeCloseTo(args.lost / args.reused, 2);
  });

  it('waits for ever for what never ends', async () => {
    const report = await drain('waits-for-ever', ['silent-socket', 'half-request', 'endless'], {
      graceMs: 2_500,
    });
    expect(report.runs.map(({ verdict }) => verdict)).toEqual([
      'not-graceful',
      'not-graceful',
      'not-graceful',
    ]);
    expect(answerOf(report, 'silent-socket')).toMatchObject({
      code: 'silent-socket/until-kill',
      args: { total: 3, open: 3 },
    });
    expect(answerOf(report, 'half-request')?.code).toBe('half-request/until-kill');
    expect(answerOf(report, 'endless')).toMatchObject({
      code: 'endless/killed',
      args: { total: 2, open: 2 },
    });
    for (const { checks } of report.runs) {
      expect(checks.find(({ id }) => id === 'in-flight-requests')?.code).toBe('in-flight/complete');
    }
  });

  it('hides the cut behind exit code 0', async () => {
    const report = await drain('hides-the-cut', ['endless']);
    expect(report.verdict).toBe('graceful');
    expect(answerOf(report, 'endless')).toMatchObject({ code: 'endless/cut-in-silence', status: 'warn' });
  });

  it('leaves silent sockets to its deadline', async () => {
    const report = await drain('leaves-it-to-the-deadline', ['silent-socket']);
    expect(report.verdict).toBe('graceful');
    expect(answerOf(report, 'silent-socket')).toMatchObject({ code: 'silent-socket/late', status: 'warn' });
    expect(answerOf(report, 'exit-code')).toMatchObject({ code: 'exit-code/cut', status: 'warn' });
  });
});

describe('without instrumentation', () => {
  const blackBox = { instrument: false, path: '/slow' } as const;

  it('takes the paths that are named', async () => {
    const report = await drain('none', ['streaming', 'upload', 'pipelined', 'endless'], {
      ...blackBox,
      scenarioPaths: { streaming: '/stream', endless: '/events' },
    });
    expect(report.verdict).toBe('graceful');
    expect(answerOf(report, 'streaming')?.code).toBe('streaming/complete');
    expect(answerOf(report, 'upload')?.code).toBe('upload/complete');
    expect(answerOf(report, 'pipelined')).toMatchObject({ args: { total: 2, announced: 2 } });
    expect(answerOf(report, 'endless')?.code).toBe('endless/cut');
  });

  it('tells a body cut short from a whole one where only FIN ends it', async () => {
    const report = await drain('cuts-streams', ['streaming'], {
      ...blackBox,
      scenarioPaths: { streaming: '/stream?eof' },
    });
    expect(answerOf(report, 'streaming')).toMatchObject({ code: 'streaming/cut', args: { lost: 3 } });
  });
});

describe('what cannot be tried', () => {
  it('is left out, with the reason', async () => {
    const command = [process.execPath, fixture('correct-drain.mjs')] as const;
    const early = await run(command, { scenarios: ['upload'] });
    expect(early.verdict).toBe('graceful');
    expect(answerOf(early, 'upload')).toMatchObject({
      status: 'skip',
      code: 'upload/none',
      args: { isTried: true, statusCode: 200 },
    });
    const unnamed = await run(command, {
      scenarios: ['streaming', 'endless'],
      instrument: false,
      path: '/slow',
    });
    expect(unnamed.verdict).toBe('graceful');
    expect(answerOf(unnamed, 'streaming')).toMatchObject({ status: 'skip', args: { why: 'no-path' } });
    expect(answerOf(unnamed, 'endless')).toMatchObject({ status: 'skip', args: { isTried: false } });
  });
});

describe('a server of HTTP/2', () => {
  const command = (...args: string[]) => [process.execPath, fixture('http2.mjs'), ...args] as const;

  it.each(['request', 'stream'])('finishes responses that have begun (%s)', async (api) => {
    const report = await run(command(api), { scenarios: ['streaming', 'pipelined'] });
    expect(report.verdict).toBe('graceful');
    expect(answerOf(report, 'streaming')).toMatchObject({ code: 'streaming/complete', args: { total: 3 } });
    expect(answerOf(report, 'pipelined')).toMatchObject({ status: 'skip', args: { isHttp1: false } });
  });

  it('cuts them when it only exits', async () => {
    const report = await run(command('stream', 'exit'), { scenarios: ['streaming'] });
    expect(report.verdict).toBe('not-graceful');
    expect(answerOf(report, 'streaming')).toMatchObject({
      code: 'streaming/cut',
      args: { total: 3, lost: 3 },
    });
  });

  it('waits for ever for a stream that never ends', async () => {
    const report = await run(command('request'), {
      scenarios: ['half-request', 'endless'],
      graceMs: 2_500,
      trace: false,
    });
    expect(answerOf(report, 'half-request')).toMatchObject({ status: 'skip', args: { isHttp1: false } });
    expect(answerOf(report, 'endless')).toMatchObject({
      code: 'endless/killed',
      args: { total: 2, open: 2 },
    });
  });
});

describe('the judgement of a scenario', () => {
  type Facts = [number, TimelineFact][];
  const judged = (scenario: ScenarioId, facts: Facts): Report => {
    const recording = record(facts);
    return judge({ ...recording, runs: [{ ...recording.runs[0], scenarios: [scenario] }] });
  };
  const sent = (id: string, probe: ProbeKind, atMs: number, reused = true): Facts => [
    [
      atMs,
      { type: 'request-sent', request: id, connection: id, probe, purpose: 'measured', path: '/', reused },
    ],
  ];
  const endless = (id: string): Facts => [
    ...sent(id, 'endless-request', -9, false),
    [-5, { type: 'request-in-flight', request: id, confirmedBy: 'preload', pid: 1 }],
  ];

  it('is fair about exit codes: a deadline may say so, a crash may not', () => {
    const held = [...inFlight('held-1'), ...answered('held-1', 700)];
    const cut = [...held, ...endless('endless-1'), ...lost('endless-1', 3_000)];
    expect(judged('endless', [...cut, ...exited(3_001, 1)]).verdict).toBe('graceful');
    expect(judged('endless', [...held, ...exited(3_001, 1)]).verdict).toBe('not-graceful');
    const hidden = judged('endless', [...cut, ...exited(3_001, 0)]);
    expect(answerOf(hidden, 'endless')).toMatchObject({ code: 'endless/cut-in-silence' });
    // Ended with a complete response, as an event stream can be, nothing is hidden.
    const ended = [...held, ...endless('endless-1'), ...answered('endless-1', 900), ...exited(1_000, 0)];
    expect(answerOf(judged('endless', ended), 'endless')).toMatchObject({ code: 'endless/ended' });
  });

  it('says nothing of a deadline where everything was cut', () => {
    const report = judged('endless', [
      ...inFlight('held-1'),
      ...lost('held-1', 3),
      ...endless('endless-1'),
      ...lost('endless-1', 3),
      ...exited(4, null, 'SIGTERM'),
    ]);
    expect(report.verdict).toBe('not-graceful');
    expect(answerOf(report, 'endless')).toMatchObject({ status: 'skip', code: 'endless/with-others' });
  });

  it('counts in the race what was lost on a connection that had served before', () => {
    const client = 'reusing-client';
    const facts: Facts = [
      ...inFlight('held-1'),
      ...answered('held-1', 700),
      ...sent('before', client, -50),
      ...answered('before', -40),
      ...sent('crossed', client, -1),
      ...lost('crossed', 2),
      ...sent('served', client, 5),
      ...answered('served', 9),
      ...sent('new', client, 6, false),
      ...lost('new', 8),
      ...sent('refused', client, 30, false),
      [31, { type: 'request-lost', request: 'refused', cause: 'refused', bytes: 0, detail: '' }],
      ...exited(710),
    ];
    const report = judged('reuse-race', facts);
    expect(report.verdict).toBe('graceful');
    expect(answerOf(report, 'reuse-race')).toMatchObject({
      status: 'warn',
      args: { clients: 4, sent: 4, answered: 1, reused: 2, lost: 1, droppedNew: 1, rate: 0.5 },
    });
    const [first] = report.recording.runs;
    const twice: Recording = {
      ...report.recording,
      plan: { ...report.recording.plan, repeat: 2 },
      runs: [first, { ...first, repetition: 2 }],
    };
    expect(reporters.pretty(judge(twice))).toMatch(/lost on reuse +1 +1 +1 +2 of 4 \(50 %\)/);
  });

  it('takes a limit that our own traffic exceeds for no refusal', () => {
    const limited = [...inFlight('held-1'), ...answered('held-1', 700, 429), ...exited(710)];
    const before = [...sent('before', 'reusing-client', -50), ...answered('before', -40, 429)];
    expect(judged('reuse-race', limited).verdict).toBe('not-graceful');
    expect(judged('reuse-race', [...before, ...limited]).verdict).toBe('graceful');
  });
});
