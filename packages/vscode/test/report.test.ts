import { checkTitles, describeCheck, judge, readTimeline, type Recording, type TimelineEvent } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { RunProgress } from '../src/core/run-progress.js';
import { toChart } from '../src/webview/chart.js';
import { renderReportPage } from '../src/webview/report-page.js';

/** A run in which one request is answered, and one is lost. */
const events: TimelineEvent[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'listening', pid: 7, address: '::', port: 3000, protocol: 'http', foundBy: 'preload', atMs: 90 },
  { type: 'connection-opened', connection: 'idle-1', probe: 'idle-connection', atMs: 95 },
  ...sent('one', 100),
  ...sent('two', 100),
  { type: 'signal-sent', signal: 'SIGTERM', pid: 7, atMs: 200 },
  { type: 'response-started', request: 'one', statusCode: 200, connectionHeader: 'close', atMs: 400 },
  { type: 'response-complete', request: 'one', bytes: 5, framing: 'length', atMs: 400 },
  { type: 'request-lost', request: 'two', cause: 'closed', bytes: 0, detail: 'closed <early>', atMs: 500 },
  { type: 'exited', pid: 7, exitCode: 0, signal: null, atMs: 510 },
  { type: 'ended', atMs: 511 },
];

const recording: Recording = {
  version: 2,
  startedAt: '2026-01-01T00:00:00.000Z',
  plan: {
    command: ['node', '<server>.js'],
    platform: 'local',
    signal: 'SIGTERM',
    graceMs: 10_000,
    preStopMs: 0,
    pid1: true,
    init: false,
    requests: 2,
    idleConnections: 1,
    holdMs: 200,
    path: '/',
    isPathChosen: false,
    instrument: true,
    readyTimeoutMs: 30_000,
    scenarios: ['in-flight', 'idle', 'new-connections'],
    scenarioPaths: {},
    repeat: 1,
    trace: 'when-it-hangs',
  },
  host: { os: 'linux', node: 'v24.0.0' },
  runs: [
    {
      scenarios: ['in-flight', 'idle', 'new-connections'],
      repetition: 1,
      server: {
        url: 'http://localhost:3000',
        protocol: 'http',
        port: 3000,
        pid: 7,
        instrumented: true,
        path: '/',
        responseMs: 2,
        statusCode: 200,
        otherPorts: [],
      },
      events,
      output: '',
    },
  ],
};

const report = judge(recording);
const timeline = readTimeline(events);

function sent(request: string, atMs: number): TimelineEvent[] {
  const common = { request, connection: request, probe: 'held-request', atMs } as const;
  return [
    { type: 'connection-opened', connection: request, probe: 'held-request', atMs },
    { type: 'request-sent', ...common, purpose: 'measured', path: '/', reused: false },
    { type: 'request-in-flight', request, confirmedBy: 'preload', pid: 7, atMs: atMs + 1 },
  ];
}

describe('the chart', () => {
  const chart = toChart(report, timeline);

  it('has a lane for each kind of subject that there was', () => {
    expect(chart.lanes.map(({ title }) => title)).toEqual([
      'Server process',
      'Requests in flight',
      'Idle connections',
    ]);
  });

  it('counts from the signal', () => {
    expect(chart.marks).toEqual([
      { kind: 'signal', atMs: 0, label: 'SIGTERM' },
      { kind: 'exit', atMs: 310, label: 'exit after 310 ms' },
    ]);
    expect(chart.lanes[1]?.bars).toMatchObject([
      {
        fromMs: -100,
        toMs: 200,
        outcome: 'complete',
        description: 'request 1: answered with 200, 200 ms after the signal.',
      },
      { fromMs: -100, toMs: 300, outcome: 'lost' },
    ]);
  });

  it('ends a connection that nobody closed with the process', () => {
    expect(chart.lanes[2]?.bars).toMatchObject([{ toMs: 310, outcome: 'open' }]);
  });
});

describe('the page', () => {
  const page = renderReportPage({
    report,
    words: { timeline, title: ({ id }) => checkTitles[id], describe: describeCheck },
    title: 'src/"a"&b.js',
    nonce: 'abc',
    runAgain: 'command:again',
    showOutput: 'command:output',
  });

  it('allows its own style and nothing else', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'nonce-abc';"`);
    expect(page).not.toMatch(/<script|https?:\/\/(?!localhost)|style="/);
  });

  it('shows what a server says as text', () => {
    expect(page).toContain('node &lt;server&gt;.js');
    expect(page).toContain('closed &lt;early&gt;');
    expect(page).toContain('src/&quot;a&quot;&amp;b.js');
  });

  it('has a row for each check', () => {
    for (const check of report.runs[0].checks) expect(page).toContain(checkTitles[check.id]);
  });
});

it('the progress tells where a run is', () => {
  const progress = new RunProgress();
  const lines = events.map((event) => progress.onEvent(event)).filter((line) => line !== undefined);
  expect(lines).toEqual([
    'starting the server',
    'the server listens on port 3000',
    '1 request in flight',
    '2 requests in flight',
    'SIGTERM sent, 0 of 2 requests answered, waiting for exit',
    'SIGTERM sent, 1 of 2 requests answered, waiting for exit',
    'SIGTERM sent, 1 of 2 requests answered, 1 lost, waiting for exit',
    'SIGTERM sent, 1 of 2 requests answered, 1 lost, the server has exited',
  ]);
});
