import { judge } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { describeCheck } from '../src/messages/checks.js';
import { answered, exited, idle, inFlight, lost, record, tried } from './support/recordings.js';
import { checkOf, codesOf } from './support/run-fixture.js';

const clean = [
  ...inFlight('held-1'),
  ...inFlight('held-2'),
  ...idle('idle-1', 3),
  ...tried('new-1', 50, 'refused'),
  ...answered('held-1', 2000),
  ...answered('held-2', 2001),
  ...exited(2010),
];

describe('judge', () => {
  it('passes a clean drain', () => {
    const report = judge(record(clean));
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].checks.every(({ status }) => status === 'pass')).toBe(true);
    expect(report.summary).toBe('2 of 2 requests in flight completed, exit 2.01 s after the signal.');
  });

  it('is pure, also through JSON', () => {
    const recording = record(clean);
    const copy = JSON.parse(JSON.stringify(recording)) as typeof recording;
    expect(judge(copy)).toEqual(judge(recording));
  });

  it('rests each result on events of the recording', () => {
    const report = judge(record(clean));
    const types = checkOf(report, 'in-flight-requests').evidence.map(
      (index) => report.runs[0].run.events[index]?.type,
    );
    expect(types).toEqual(['response-complete', 'response-complete']);
  });

  it('cannot say anything when nothing was in flight', () => {
    expect(judge(record(exited(5))).verdict).toBe('unknown');
    // Answered before the signal is not survived.
    const early = [...inFlight('held-1'), ...answered('held-1', -1), ...exited(5)];
    expect(judge(record(early)).verdict).toBe('unknown');
  });

  it('fails one lost request of two, and says when', () => {
    const report = judge(
      record([
        ...inFlight('held-1'),
        ...inFlight('held-2'),
        ...answered('held-1', 1),
        ...lost('held-2', 4),
        ...exited(5),
      ]),
    );
    expect(report.verdict).toBe('not-graceful');
    expect(describeCheck(checkOf(report, 'in-flight-requests')).text).toBe(
      '1 of 2 lost: connection closed without a response 4 ms after the signal',
    );
    expect(codesOf(report)['exit-code']).toBe('exit-code/zero-hides');
  });

  it('counts a request without any outcome as lost', () => {
    expect(judge(record([...inFlight('held-1'), ...exited(5)])).verdict).toBe('not-graceful');
  });

  it('takes a body that only ends with the connection for cut when it is shorter than before', () => {
    const body = (request: string, bytes: number) =>
      ({ type: 'response-complete', request, bytes, framing: 'eof' }) as const;
    const sent = { type: 'request-sent', connection: 'held-1', probe: 'held-request', path: '/' } as const;
    const facts = (bytes: number) =>
      record([
        [-30, { ...sent, request: 'held-1-warm-up', purpose: 'warm-up', reused: false }],
        [-25, body('held-1-warm-up', 6)],
        ...inFlight('held-1'),
        [100, body('held-1', bytes)],
        ...exited(110),
      ]);
    expect(judge(facts(6)).verdict).toBe('graceful');
    expect(judge(facts(3)).verdict).toBe('not-graceful');
  });

  it('fails a status the server had not given before, and only that', () => {
    const drained = (statusCode: number) => [
      ...inFlight('held-1'),
      ...answered('held-1', 9, statusCode),
      ...exited(10),
    ];
    expect(codesOf(judge(record(drained(503))))['in-flight-requests']).toBe('in-flight/error-status');
    expect(judge(record(drained(404), { server: { statusCode: 404 } })).verdict).toBe('graceful');
  });

  it('does not count what an orphan answers, but what was only read late', () => {
    const late = [...inFlight('held-1'), ...exited(10), ...answered('held-1', 11)];
    expect(judge(record(late)).verdict).toBe('graceful');
    const survivors = { type: 'survivors', processes: [{ pid: 2, command: 'node server.js' }] } as const;
    const orphaned = judge(
      record([
        ...inFlight('held-1', 2),
        ...exited(10, null, 'SIGTERM'),
        [11, survivors],
        ...answered('held-1', 900),
      ]),
    );
    expect(codesOf(orphaned)).toMatchObject({
      'in-flight-requests': 'in-flight/answered-by-orphan',
      orphans: 'orphans/left',
    });
  });

  it('lets a child that ends with its parent be', () => {
    const survivors = { type: 'survivors', processes: [{ pid: 2, command: 'helper' }] } as const;
    const report = judge(
      record([
        ...inFlight('held-1'),
        ...answered('held-1', 5),
        ...exited(10),
        [11, survivors],
        [60, { type: 'process-gone', pid: 2 }],
      ]),
    );
    expect(codesOf(report)['orphans']).toBe('orphans/none');
  });
});

describe('new connections', () => {
  const drain = (...attempts: ReturnType<typeof tried>[]) =>
    record([...inFlight('held-1'), ...attempts.flat(), ...answered('held-1', 5000), ...exited(5010)]);
  const codeOf = (recording: ReturnType<typeof record>) => codesOf(judge(recording))['stops-accepting'];

  it('may be served for a moment', () => {
    expect(codeOf(drain(tried('new-1', 50, 'served'), tried('new-2', 100, 'refused')))).toBe(
      'accepting/refused',
    );
  });

  it('may not be served for long, unless the platform still sends them', () => {
    const served = drain(tried('new-1', 4000, 'served'));
    expect(codeOf(served)).toBe('accepting/too-long');
    const kubernetes = { ...served, plan: { ...served.plan, platform: 'kubernetes' as const } };
    expect(codeOf(kubernetes)).toBe('accepting/until-exit');
  });

  it('may meet the closing listener once, not again and again', () => {
    expect(codeOf(drain(tried('new-1', 50, 'reset'), tried('new-2', 100, 'refused')))).toBe(
      'accepting/refused',
    );
    const again = [tried('new-1', 50, 'reset'), tried('new-2', 100, 'reset')];
    expect(codeOf(drain(...again))).toBe('accepting/dropped');
    expect(codeOf(drain(...again, tried('new-3', 150, 'refused')))).toBe('accepting/dropped');
  });

  it('may have waited for a server that was busy when its listener closed', () => {
    const waited = [tried('new-1', 50, 'reset', 190), tried('new-2', 100, 'reset', 191)];
    expect(codeOf(drain(...waited, tried('new-3', 200, 'refused')))).toBe('accepting/refused');
    expect(codeOf(drain(...waited))).toBe('accepting/dropped');
    // A process that exits on what it has accepted does so at one moment too.
    const accepted = [tried('new-1', 50, 'closed', 190), tried('new-2', 100, 'reset', 191)];
    expect(codeOf(drain(...accepted, tried('new-3', 200, 'refused')))).toBe('accepting/dropped');
  });
});

describe('the end', () => {
  const drained = [...inFlight('held-1'), ...answered('held-1', 100)];

  it('tells a linger of keep-alive connections from another', () => {
    const close = { type: 'connection-closed', connection: 'held-1', cause: 'fin' } as const;
    const keepAlive = judge(record([...drained, [6095, close], ...exited(6100)]));
    expect(checkOf(keepAlive, 'keep-alive-linger')).toMatchObject({
      code: 'linger/keep-alive',
      args: { lagMs: 6000 },
    });
    // Nothing that is drained says it on a head that was out before the signal.
    const begun = drained.map((one) => (one[1].type === 'response-started' ? ([-5, one[1]] as const) : one));
    expect(codesOf(judge(record([...begun, [6095, close], ...exited(6100)])))['keep-alive-linger']).toBe(
      'linger/begun',
    );
    const other = judge(record([...drained, [101, close], ...exited(6100)]));
    expect(codesOf(other)['keep-alive-linger']).toBe('linger/other');
    expect(keepAlive.verdict).toBe('graceful');
  });

  it.each([
    [0, null, 'exit-code/zero', 'graceful'],
    [null, 'SIGTERM', 'exit-code/re-raised', 'graceful'],
    [143, null, 'exit-code/re-raised', 'graceful'],
    [1, null, 'exit-code/error', 'not-graceful'],
    [null, 'SIGSEGV', 'exit-code/error', 'not-graceful'],
  ] as const)('after a complete drain judges code %s, signal %s', (exitCode, signal, code, verdict) => {
    const report = judge(record([...drained, ...exited(110, exitCode, signal)]));
    expect(codesOf(report)['exit-code']).toBe(code);
    expect(report.verdict).toBe(verdict);
  });

  it('tells a signal that was ignored from a drain that hung', () => {
    const killed = (end: 'served' | 'refused') =>
      judge(
        record([
          ...drained,
          ...tried('new-1', 9000, end),
          [10_000, { type: 'grace-expired' }],
          [10_001, { type: 'killed', processes: [{ pid: 1, command: 'node' }] }],
          ...exited(10_002, null, 'SIGKILL'),
        ]),
      );
    expect(codesOf(killed('served'))['exits-in-grace-period']).toBe('exit/ignored');
    expect(codesOf(killed('refused'))['exits-in-grace-period']).toBe('exit/stuck');
    expect(killed('refused').verdict).toBe('not-graceful');
  });
});
