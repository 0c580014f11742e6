import { judge, reporters } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { answered, exited, idle, inFlight, lost, record, tried } from './support/recordings.js';

const report = judge(
  record([
    ...inFlight('held-1'),
    ...inFlight('held-2'),
    ...idle('idle-1', 5),
    ...tried('new-1', 50, 'served'),
    ...tried('new-2', 100, 'refused'),
    ...answered('held-1', 2000),
    ...lost('held-2', 400),
    ...exited(2010),
  ]),
);

describe('the pretty reporter', () => {
  it('draws verdict, checks and timeline', () => {
    expect(reporters.pretty(report)).toMatchSnapshot();
  });

  it('says what the path is answered with where that is no success', () => {
    const [run] = report.recording.runs;
    const missing = { ...run, server: { ...run.server, statusCode: 404 } };
    const found = judge({ ...report.recording, runs: [missing] });
    for (const name of ['pretty', 'markdown', 'html'] as const) {
      expect(reporters[name](found)).toContain('/ (answered with 404)');
      expect(reporters[name](report)).not.toContain('answered with');
    }
  });

  it.each([60, 80, 120])('keeps to %i columns', (columns) => {
    for (const line of reporters.pretty(report, { columns }).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  it('says the same with colours as without', () => {
    // eslint-disable-next-line no-control-regex -- the escape sequences are what is looked for
    const plain = reporters.pretty(report, { color: true }).replace(/\u001B\[\d+m/g, '');
    expect(plain).toBe(reporters.pretty(report));
  });
});

describe('the pretty reporter of several starts', () => {
  const good = record([...inFlight('held-1'), ...answered('held-1', 2000), ...exited(2010)]);
  const [first] = good.runs;
  const again = { ...first, scenarios: ['second-signal' as const] };

  it('begins with a line for each, and says nothing twice', () => {
    const text = reporters.pretty(judge({ ...good, runs: [first, again] }));
    expect(text).toContain('✓ in-flight, idle, new-connections\n    ✓ second-signal\n');
    expect(text.match(/exit code {2}/g)).toHaveLength(1);
    expect(text).toMatch(/as above: in-flight requests, .*exit code/s);
  });

  it('says a failure again', () => {
    const bad = record([...inFlight('held-1'), ...lost('held-1', 5), ...exited(10)]);
    const [broken] = bad.runs;
    const text = reporters.pretty(
      judge({ ...bad, runs: [broken, { ...broken, scenarios: ['second-signal'] }] }),
    );
    expect(text.match(/1 of 1 lost: connection/g)?.length).toBeGreaterThan(2);
  });
});

describe('the json reporter', () => {
  it('gives one document with the words beside the codes', () => {
    const document = JSON.parse(reporters.json(report)) as { runs: { checks: unknown[] }[] };
    expect(document).toMatchObject({ version: 2, verdict: 'not-graceful', recording: report.recording });
    expect(document.runs[0]?.checks[0]).toMatchObject({
      id: 'in-flight-requests',
      status: 'fail',
      code: 'in-flight/lost',
      title: 'in-flight requests',
      text: '1 of 2 lost: connection closed without a response 400 ms after the signal',
    });
  });
});
