import {
  checkTitles,
  compare,
  judge,
  type Recording,
  type SimulateOptions,
  type TimelineEvent,
} from 'sigterm';
import * as drawing from 'sigterm/html';
import { describe, expect, it } from 'vitest';
import { RunProgress } from '../src/core/run-progress.js';
import { toScenarioResults } from '../src/core/scenario-results.js';
import { renderPage, toProgress, type Content } from '../src/webview/page.js';
import { english } from './english.js';

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

function sent(request: string, atMs: number): TimelineEvent[] {
  const common = { request, connection: request, probe: 'held-request', atMs } as const;
  return [
    { type: 'connection-opened', connection: request, probe: 'held-request', atMs },
    { type: 'request-sent', ...common, purpose: 'measured', path: '/', reused: false },
    { type: 'request-in-flight', request, confirmedBy: 'preload', pid: 7, atMs: atMs + 1 },
  ];
}

describe('the page', () => {
  const pageOf = (content: Content, canOpen = false) =>
    renderPage({
      content,
      title: 'src/"a"&b.js',
      target: 'file:"a"',
      nonce: 'abc',
      canOpen: () => canOpen,
      drawing,
      t: english,
    });
  const failure = {
    message: 'The target ended.',
    advice: 'See <below>.',
    lastOutput: '<script>alert(1)</script>',
  };
  const before = judge({ ...recording, startedAt: '2025-01-01T00:00:00.000Z' });
  const contents: Content[] = [
    { type: 'running', line: 'starting <it>' },
    { type: 'report', report, hasPrevious: true },
    { type: 'failed', failure },
    { type: 'cancelled' },
    { type: 'comparison', comparison: compare(recording, recording, 0.2), before, after: report },
  ];

  it.each(contents)('allows its own style and script and nothing else ($type)', (content) => {
    const page = pageOf(content);
    expect(page).toContain(`content="default-src 'none'; style-src 'nonce-abc'; script-src 'nonce-abc'"`);
    expect(page).not.toMatch(/https?:\/\/(?!localhost)|style="|<(?:img|link|iframe|object|base)\b| on\w+="/);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<script nonce="abc">/g)).toHaveLength(2);
    expect(page).not.toMatch(/<(?:server|early|it|below)>/);
    expect(page).toContain('src/&quot;a&quot;&amp;b.js');
  });

  it('has the buttons for what can be done', () => {
    const actions = contents.map((content) =>
      [...pageOf(content).matchAll(/data-action="(\w+)"/g)].map(([, action]) => action).join(' '),
    );
    expect(actions).toEqual([
      'stop showOutput',
      'runAgain simulateWith compare showOutput exportHtml exportJson',
      'runAgain simulateWith showOutput',
      'runAgain simulateWith showOutput',
      'runAgain simulateWith showReport showOutput',
    ]);
  });

  it('has a row for each check, and a bar for each request', () => {
    const page = pageOf({ type: 'report', report, hasPrevious: false });
    for (const check of report.runs[0].checks) expect(page).toContain(checkTitles[check.id]);
    expect(page.match(/<g class="bar (?:good|bad)"/g)).toHaveLength(2);
  });

  it('says why there is nothing to judge, and what the server printed last', () => {
    const page = pageOf({ type: 'failed', failure });
    expect(page).toContain('The target ended.');
    expect(page).toContain('See &lt;below&gt;.');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('draws what there is of a run from the signal on', () => {
    const options = { command: ['node', 'server.js'] } satisfies SimulateOptions;
    const signal = events.findIndex(({ type }) => type === 'signal-sent');
    expect(toProgress('one', options, events.slice(0, signal), drawing)).toEqual({
      type: 'progress',
      line: 'one',
    });
    const { figure = '' } = toProgress('two', options, events.slice(0, signal + 3), drawing);
    // One is answered, and of the other nobody knows yet.
    expect(figure.match(/<g class="bar good"/g)).toHaveLength(1);
    expect(figure).not.toContain('class="bar bad"');
    // Of two starts at a time the events cannot be told apart.
    const [spawned] = events;
    const both = spawned === undefined ? [] : [spawned, ...events.slice(0, signal + 3)];
    expect(toProgress('three', options, both, drawing)).toEqual({ type: 'progress', line: 'three' });
  });
});

describe('the results of scenarios', () => {
  it('belong to the scenario that a check is about', () => {
    const results = toScenarioResults(report);
    expect([...results].map(([id, { status }]) => [id, status])).toEqual([
      ['in-flight', 'failed'],
      ['idle', 'passed'],
      ['new-connections', 'skipped'],
    ]);
    expect(results.get('in-flight')?.checks.map(({ id }) => id)).toContain('in-flight-requests');
    expect(results.get('idle')?.checks.map(({ id }) => id)).toContain('idle-connections');
  });
});

it('the progress tells where a run is', () => {
  const progress = new RunProgress(english);
  const lines = events.map((event) => progress.onEvent(event)).filter((line) => line !== undefined);
  expect(lines).toEqual([
    'starting the server',
    'the server listens on port 3000',
    'requests in flight: 1',
    'requests in flight: 2',
    'SIGTERM sent, 0 of 2 requests answered, waiting for exit',
    'SIGTERM sent, 1 of 2 requests answered, waiting for exit',
    'SIGTERM sent, 1 of 2 requests answered, 1 lost, waiting for exit',
    'SIGTERM sent, 1 of 2 requests answered, 1 lost, the server has exited',
  ]);
});
