import { readFileSync, writeFileSync } from 'node:fs';
import { createFixture } from 'fs-fixture';
import { compare, judge, readRecording, type Recording } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { answered, exited, inFlight, lost, record } from './support/recordings.js';
import { quick, sigtermIn } from './support/run-cli.js';
import { fixture } from './support/run-fixture.js';
import { expectRecording, expectReport, expectSarif } from './support/schemas.js';

const node = (name: string) => ['--', process.execPath, fixture(name)];

describe('--reporter and --save', () => {
  it('write several documents of one run, which report and compare read again', async () => {
    await using folder = await createFixture({});
    const files = ['json', 'junit', 'sarif', 'markdown', 'html'].flatMap((name) => [
      '--reporter',
      `${name}=out/report.${name}`,
    ]);
    const summary = folder.getPath('summary.md');
    const run = await sigtermIn(
      folder.path,
      [...quick, '--save', 'bad.json', '--reporter', 'github', ...files, ...node('close-and-exit.mjs')],
      { GITHUB_STEP_SUMMARY: summary },
    );
    expect(run).toMatchObject({ exitCode: 1, stderr: '' });
    expect(run.stdout).toMatch(/^::error .*3 of 3 lost/);
    const read = (name: string) => readFileSync(folder.getPath(name), 'utf8');
    expectReport(JSON.parse(read('out/report.json')));
    expectSarif(JSON.parse(read('out/report.sarif')));
    expectRecording(JSON.parse(read('bad.json')));
    expect(read('out/report.junit')).toContain('failures="1"');
    expect(read('out/report.html')).toContain('<svg');
    expect(read('summary.md')).toBe(read('out/report.markdown'));

    const again = await sigtermIn(folder.path, ['report', 'bad.json', '--json']);
    expect(again.exitCode).toBe(1);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(read('out/report.json')));

    const good = await sigtermIn(folder.path, [
      ...quick,
      '--save',
      'good.json',
      ...node('correct-drain.mjs'),
    ]);
    expect(good.exitCode).toBe(0);
    const worse = await sigtermIn(folder.path, ['compare', 'good.json', 'out/report.json']);
    expect(worse.exitCode).toBe(1);
    expect(worse.stdout).toMatch(/✗ requests lost +0 of 3 +3 of 3 {2}worse/);
    const same = await sigtermIn(folder.path, ['compare', 'bad.json', 'bad.json']);
    expect(same).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each([
    ['', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['{"version":1,"events":[]}', 'it has version 1, and this sigterm reads version 2'],
    ['{"version":2,"runs":[]}', 'its plan is missing'],
  ])('%j is no recording', async (text, why) => {
    await using folder = await createFixture({ 'a.json': text });
    const { exitCode, stdout, stderr } = await sigtermIn(folder.path, ['report', 'a.json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`? a.json is no recording that can be read: ${why}.`);
  });

  it('say what cannot be read or written', async () => {
    await using folder = await createFixture({ file: '' });
    expect((await sigtermIn(folder.path, ['compare', 'a', 'b'])).stderr).toContain('there is no such file');
    writeFileSync(folder.getPath('r.json'), JSON.stringify(record([...inFlight('held-1'), ...exited(5)])));
    const { exitCode, stderr } = await sigtermIn(folder.path, [
      'report',
      'r.json',
      '--reporter',
      'html=file/x.html',
    ]);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('file/x.html could not be written'),
    });
  });

  it('say of every target that it could not be judged, and why', async () => {
    const dying = `console.error('no <database>'); process.exit(3)`;
    const bad = JSON.stringify([process.execPath, fixture('close-and-exit.mjs')]);
    await using folder = await createFixture({
      'dies.mjs': dying,
      'sigterm.config.mjs': `export default { targets: {
        dies: { command: ['node', 'dies.mjs'] }, bad: { command: ${bad} }, odd: { command: 'node x.mjs', signal: 'SIGNOPE' } } }`,
    });
    const files = ['json', 'junit', 'sarif', 'markdown', 'html', 'pretty'].flatMap((name) => [
      '--reporter',
      `${name}=out/report.${name}`,
    ]);
    const summary = folder.getPath('summary.md');
    const run = await sigtermIn(folder.path, [...quick, '--reporter', 'github', ...files], {
      GITHUB_STEP_SUMMARY: summary,
    });
    // The one that was judged and is not graceful decides.
    expect(run.exitCode).toBe(1);
    const sentence = 'The target ended with exit code 3';
    expect(run.stderr).toContain(`? dies: ${sentence}`);
    expect(run.stderr).toContain('? odd: This system has no signal "SIGNOPE"');
    expect(run.stdout).toMatch(
      /^::error file=dies.mjs,line=1,title=sigterm \(dies\)::The target ended .*no <database>\n/,
    );
    const read = (name: string) => readFileSync(folder.getPath(name), 'utf8');
    expectReport(JSON.parse(read('out/report.dies.json')));
    expectSarif(JSON.parse(read('out/report.dies.sarif')));
    expectReport(JSON.parse(read('out/report.odd.json')));
    expect(JSON.parse(read('out/report.dies.sarif'))).toMatchObject({
      runs: [{ invocations: [{ executionSuccessful: false }], results: [] }],
    });
    expect(read('out/report.dies.junit')).toMatch(
      /errors="1".*<error message="The target ended.*type="target-died">/s,
    );
    for (const name of ['json', 'junit', 'sarif', 'markdown', 'html', 'pretty']) {
      const text = read(`out/report.dies.${name}`);
      expect(text).toContain(sentence);
      expect(text).toContain('Make it start by itself first');
      expect(text).toMatch(/no (<|&lt;)database/);
    }
    expect(read('out/report.bad.junit')).toContain('failures="1"');
    expect(read('summary.md')).toContain('❔ Could not be judged: `dies`');
  });

  it('print a document where one was asked for, and exit with 2', async () => {
    await using folder = await createFixture({ file: '' });
    const github = await sigtermIn(folder.path, ['--reporter', 'github', '--', 'no-such-command']);
    expect(github.exitCode).toBe(2);
    expect(github.stdout).toMatch(
      /^::error title=sigterm::The command "no-such-command" was not found.%0AIt is/,
    );
    const junit = await sigtermIn(folder.path, ['--reporter', 'junit', '--', 'no-such-command']);
    expect(junit).toMatchObject({ exitCode: 2, stderr: '' });
    expect(junit.stdout).toContain('type="command-not-started"');
    const nowhere = await sigtermIn(folder.path, ['--reporter', 'junit=file/x.xml', '--', 'no-such-command']);
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.stderr).toMatch(/"no-such-command" was not found.*\n\? file\/x.xml could not be written/);
  });
});

describe('a recording that is read again', () => {
  const recording = record([...inFlight('held-1'), ...answered('held-1', 2000), ...exited(2010)]);

  it('is judged as it was', () => {
    expect(judge(readRecording(JSON.stringify(recording)))).toEqual(judge(recording));
  });

  it.each([
    ['a plan without a command', { plan: { ...recording.plan, command: [] } }],
    ['an unknown platform', { plan: { ...recording.plan, platform: 'mainframe' } }],
    ['a run without events', { runs: [{ ...recording.runs[0], events: undefined }] }],
    ['no runs', { runs: [] }],
  ])('is refused with %s', (_, change) => {
    expect(() => readRecording(JSON.stringify({ ...recording, ...change }))).toThrow(
      expect.objectContaining({ code: 'bad-recording' }),
    );
  });
});

describe('a comparison', () => {
  const drain = (lastMs: number, exitMs: number): Recording =>
    record([
      ...inFlight('held-1'),
      ...inFlight('held-2'),
      ...answered('held-1', lastMs),
      ...answered('held-2', lastMs),
      ...exited(exitMs),
    ]);
  const base = drain(2000, 2010);

  it.each([
    ['noise', drain(2010, 2200), false],
    ['a share within the tolerance', drain(2300, 2400), false],
    ['a longer drain', drain(2600, 2610), true],
    ['a longer lag', drain(2000, 2400), true],
    ['a shorter drain', drain(1000, 1010), false],
    [
      'a loss',
      record([
        ...inFlight('held-1'),
        ...inFlight('held-2'),
        ...answered('held-1', 9),
        ...lost('held-2', 9),
        ...exited(20),
      ]),
      true,
    ],
  ])('%s', (_, after, hasRegressed) => {
    expect(compare(base, after, 0.2)).toMatchObject({ hasRegressed, remarks: [] });
  });

  it('does not blame a drain for taking longer than the loss of everything', () => {
    const bad = record([...inFlight('held-1'), ...inFlight('held-2'), ...lost('held-1', 9), ...exited(20)]);
    expect(compare(bad, base, 0.2)).toMatchObject({ hasRegressed: false });
    expect(compare(base, bad, 0.2).groups[0]?.rows.filter(({ change }) => change === 'better')).toEqual([]);
  });

  it.each([
    ['upload', 'uploads lost'],
    ['streamed-response', 'streams lost'],
    ['event-stream', 'event streams cut'],
    ['grpc-call', 'gRPC calls lost'],
    ['grpc-stream', 'gRPC streams cut'],
    ['tcp-connection', 'TCP clients lost'],
  ])('counts what else is in flight: %s', (probe, title) => {
    const other = (end: typeof answered) =>
      JSON.parse(
        JSON.stringify([...inFlight('other-1'), ...end('other-1', 2000)]).replaceAll('held-request', probe),
      ) as ReturnType<typeof inFlight>;
    const held = [...inFlight('held-1'), ...answered('held-1', 2000), ...exited(2010)];
    const good = record([...held, ...other(answered)]);
    const bad = record([...held, ...other(lost as typeof answered)]);
    const rows = (after: Recording) => compare(good, after, 0.2).groups[0]?.rows;
    expect(rows(bad)).toContainEqual({ title, before: '0 of 1', after: '1 of 1', change: 'worse' });
    expect(compare(good, bad, 0.2).hasRegressed).toBe(true);
    expect(compare(good, good, 0.2).hasRegressed).toBe(false);
  });

  it('counts WebSockets that are dropped without a close frame', () => {
    const closed = (code: number | null) =>
      record([
        ...inFlight('held-1'),
        ...answered('held-1', 2000),
        [-50, { type: 'connection-opened', connection: 'w', probe: 'websocket' }],
        [5, { type: 'websocket-closed', connection: 'w', code, reason: '' }],
        [5, { type: 'connection-closed', connection: 'w', cause: 'fin' }],
        ...exited(2010),
      ]);
    expect(compare(closed(1001), closed(null), 0.2)).toMatchObject({ hasRegressed: true });
    expect(compare(closed(null), closed(1001), 0.2)).toMatchObject({ hasRegressed: false });
  });

  it('does not blame a server for the time in which it answers what it dropped before', () => {
    const dropped = record([...inFlight('held-1'), ...lost('held-1', 9), ...exited(10)]);
    expect(compare(dropped, base, 0.2)).toMatchObject({ hasRegressed: false });
    expect(compare(dropped, base, 0.2).groups[0]?.rows).toContainEqual(
      expect.objectContaining({ title: 'exit', change: 'same' }),
    );
  });

  it('goes by the median of repetitions', () => {
    const runs = (exits: number[]) => ({
      ...base,
      runs: exits.map((exitMs) => drain(2000, exitMs).runs[0]) as unknown as Recording['runs'],
    });
    expect(compare(base, runs([2010, 2010, 5000]), 0.2).hasRegressed).toBe(false);
    expect(compare(base, runs([2010, 5000, 5000]), 0.2).hasRegressed).toBe(true);
  });

  it('says that the options differ, and refuses what has nothing in common', () => {
    const other = record([...exited(1)], { plan: { holdMs: 1 } });
    expect(compare(base, other, 0.2).remarks).toEqual([
      'made with different options: holdMs was 2000 and is 1',
    ]);
    const alone = { ...base, runs: [{ ...base.runs[0], scenarios: ['second-signal'] }] } as const;
    expect(() => compare(base, alone as unknown as Recording, 0.2)).toThrow(
      expect.objectContaining({ code: 'not-comparable' }),
    );
  });
});
