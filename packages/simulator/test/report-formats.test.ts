import { compare, judge, reporters, type Recording, type Report } from 'sigterm';
import { renderComparison, toChart } from 'sigterm/html';
import { describe, expect, it } from 'vitest';
import { findStartFile } from '../src/checks/start-file.js';
import { answered, exited, inFlight, lost, oneLost, record } from './support/recordings.js';
import { expectRecording, expectReport, expectSarif } from './support/schemas.js';

const bad = record(oneLost, {
  plan: { command: ['node', '-r', './trace.js', 'src/<server>.js', '--port', '1'] },
});
const good = record([...inFlight('held-1'), ...answered('held-1', 2000), ...exited(2010)]);
const nothing = record([...exited(10)]);
const repeated: Recording = {
  ...good,
  plan: { ...good.plan, repeat: 3 },
  runs: [good.runs[0], { ...bad.runs[0], repetition: 2 }, { ...good.runs[0], repetition: 3 }],
};
const all = { bad: judge(bad), good: judge(good), nothing: judge(nothing), repeated: judge(repeated) };

describe.each(Object.entries(all))('a report (%s)', (_, report) => {
  it('is JSON as the schema says', () => {
    expectReport(JSON.parse(reporters.json(report)));
    expectRecording(report.recording);
  });

  it('is SARIF', () => {
    expectSarif(JSON.parse(reporters.sarif(report)));
  });

  it('is well-formed XML for JUnit', () => {
    const xml = reporters.junit(report);
    const open: string[] = [];
    for (const [, close, name = '', end] of xml.matchAll(/<(\/?)([a-z-]+)(?:"[^"<]*"|[^">])*?(\/?)>/g)) {
      if (close === '/') expect(open.pop()).toBe(name);
      else if (end !== '/') open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('is a page without anything from elsewhere', () => {
    const html = reporters.html(report);
    expect(html).not.toMatch(/(?:src|href)="|url\((?!#)|@import/);
    expect(html.match(/<svg/g)).toHaveLength(report.runs.length);
    expect(html).not.toContain('<server>');
  });
});

describe('the timeline', () => {
  const tones = (report: Report) => {
    const [run] = report.runs;
    return toChart(run, report.recording.plan).lanes.map(({ title, bars }) => [
      title,
      bars.map((bar) => bar.tone),
    ]);
  };

  it('has a lane for the server and for each kind of traffic', () => {
    expect(tones(all.bad)).toEqual([
      ['server', ['process', 'accept', 'drain']],
      ['in flight', ['good', 'bad']],
      ['new connections', ['good', 'quiet']],
      ['idle connections', ['quiet']],
    ]);
  });

  it('ends the time of accepting with the first refusal, and the drain with the last response', () => {
    const [, accept, drain] = toChart(all.bad.runs[0], bad.plan).lanes[0]?.bars ?? [];
    expect(accept).toMatchObject({ fromMs: 0, toMs: 100, details: [expect.stringContaining('From 100 ms')] });
    expect(drain).toMatchObject({ fromMs: 0, toMs: 2000 });
  });

  it('shows the end of the grace period where it is near, and names it where it is far', () => {
    const chartFor = (graceMs: number) => {
      const { runs, plan } = record([...inFlight('held-1'), ...answered('held-1', 2000), ...exited(2010)], {
        plan: { graceMs },
      });
      return toChart(judge({ ...good, runs, plan }).runs[0], plan);
    };
    const near = chartFor(2_500);
    expect(near.marks.at(-1)).toMatchObject({ kind: 'due', atMs: 2_500 });
    expect(near.toMs).toBeGreaterThan(2_500);
    const far = chartFor(30_000);
    expect(far.marks.at(-1)).toMatchObject({ kind: 'due', label: 'SIGKILL due at 30 s' });
    expect(far.toMs).toBeLessThan(2_500);
  });

  it('draws each of a thousand requests, those that were lost together', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `held-${String(index)}`);
    const report = judge(
      record([
        ...ids.flatMap((id) => inFlight(id)),
        ...ids.flatMap((id, index) => (index % 100 === 99 ? lost(id, 400) : answered(id, 2000))),
        ...exited(2010),
      ]),
    );
    const html = reporters.html(report);
    expect(html.match(/<g class="bar (?:good|bad)"/g)).toHaveLength(1_000);
    expect(html).toContain('10 lost or failed');
    const flags = [...html.matchAll(/<g class="bar (good|bad)"/g)].map(([, tone]) => tone);
    expect(flags.slice(0, 11)).toEqual([...Array<string>(10).fill('bad'), 'good']);
  });
});

it('a comparison shows both on one scale', () => {
  const html = renderComparison(compare(good, bad, 0.2), all.good, all.bad);
  expect(html).toContain('Worse than before');
  expect(html).toMatch(
    /worse<\/td><th scope="row">requests lost<\/th><td[^>]*>0 of 1<\/td><td[^>]*>1 of 2<\/td>/,
  );
  const scales = [...html.matchAll(/data-from="([^"]+)" data-to="([^"]+)"/g)].map(([, from, to]) => [
    from,
    to,
  ]);
  expect(scales).toHaveLength(2);
  expect(scales[0]).toEqual(scales[1]);
});

it('the schema refuses what is no report', () => {
  const { verdict, ...rest } = JSON.parse(reporters.json(all.good)) as Record<string, unknown>;
  expect(verdict).toBe('graceful');
  expect(() => {
    expectReport(rest);
  }).toThrow();
});

describe('the junit reporter', () => {
  it('has a case for each check, with its failure', () => {
    const xml = reporters.junit(all.bad, { name: 'api' });
    expect(xml).toContain('<testsuites name="sigterm" tests="9" failures="1" errors="0" skipped="0">');
    expect(xml).toContain(
      '<testcase classname="api" name="in-flight requests"><failure message="1 of 2 lost',
    );
    expect(xml).toContain('<testcase classname="api" name="orphans" />');
  });

  it('has an error where nothing can be said', () => {
    expect(reporters.junit(all.nothing)).toContain('errors="1"');
  });
});

describe('the sarif reporter', () => {
  it('points to the file that the command starts', () => {
    const log = JSON.parse(reporters.sarif(all.bad)) as { runs: { results: object[] }[] };
    expect(log.runs[0]?.results[0]).toMatchObject({
      ruleId: 'in-flight-requests',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'src/%3Cserver%3E.js' } } }],
    });
  });

  it('counts repetitions instead of repeating itself', () => {
    const log = JSON.parse(reporters.sarif(all.repeated)) as {
      runs: { results: { message: { text: string } }[] }[];
    };
    const lost = log.runs[0]?.results.filter(({ message }) => message.text.includes('lost'));
    expect(lost).toHaveLength(1);
    expect(lost?.[0]?.message.text).toContain('(in 1 of 3 runs)');
  });
});

describe('the github reporter', () => {
  it('writes workflow commands that hold what they say', () => {
    expect(reporters.github(all.bad).split('\n')[0]).toBe(
      '::error file=src/<server>.js,line=1,title=sigterm%3A in-flight requests::1 of 2 lost: connection closed without a response 400 ms after the signal%0AOn the signal stop accepting, wait until every response has been sent, and only then exit.',
    );
  });

  it('is silent where all is well', () => {
    expect(reporters.github(all.good)).toBe('');
  });
});

describe('repetitions', () => {
  it.each(['pretty', 'markdown', 'html'] as const)('are one table in %s', (name) => {
    const text = reporters[name](all.repeated);
    expect(text).toContain('1 of 4, in 1 of 3 runs');
    expect(text).toContain('(1 of 3 runs)');
    expect(text.match(/exit in time/g)).toHaveLength(1);
  });

  it('keep to the width of the terminal', () => {
    for (const line of reporters.pretty(all.repeated, { columns: 60 }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(60);
  });
});

describe('the start file of a command', () => {
  it.each([
    ['node server.js', 'server.js'],
    ['node --import tsx -r ./a.cjs src/server.ts --x b.js', 'src/server.ts'],
    ['tsx watch src/main.mts', 'src/main.mts'],
    ['npm start', 'package.json'],
    ['./my-go-server --port 1', './my-go-server'],
    ['gunicorn app:app', undefined],
  ])('%s: %s', (command, file) => {
    expect(findStartFile(command.split(' '))).toBe(file);
  });

  it('is found in what a shell runs', () => {
    expect(findStartFile(['sh', '-c', 'exec node dist/main.js'])).toBe('dist/main.js');
    expect(findStartFile(['sh', '-c', `"node" 'my server.js'; true`])).toBe('my server.js');
  });
});
