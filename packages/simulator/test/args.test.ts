import { describe, expect, it } from 'vitest';
import { parseCommandLine, toMilliseconds } from '../src/cli/args.js';
import { flags } from '../src/cli/flags.js';
import { helpText } from '../src/cli/help.js';

function optionsOf(...argv: string[]) {
  const invocation = parseCommandLine(argv);
  if (invocation.kind !== 'command') throw new Error(invocation.kind);
  return { command: invocation.command, ...invocation.options };
}

const isTarget = (word: string) => ['api', 'worker', 'node'].includes(word);

describe('the command line', () => {
  it('reads every option', () => {
    const argv =
      '--platform ecs --signal int --grace 1.5s --requests 9 --hold 500ms --idle 0 --path /x --port 80 --url http://h:1 --no-instrument --ready-timeout 2m --ready-path /up --method put --body {} --header A:1 --header B:2 --env A=1 --env B=x=y --cwd /tmp --repeat 2 --jobs 3 --json --output --save r.json --reporter junit=j.xml -- node a.js --port 5';
    expect(parseCommandLine(argv.split(' '))).toEqual({
      kind: 'command',
      command: ['node', 'a.js', '--port', '5'],
      showsOutput: true,
      outputs: { reports: [{ reporter: 'junit', file: 'j.xml' }, { reporter: 'json' }], save: 'r.json' },
      options: {
        platform: 'ecs',
        signal: 'SIGINT',
        graceMs: 1500,
        requests: 9,
        holdMs: 500,
        idleConnections: 0,
        path: '/x',
        port: 80,
        url: 'http://h:1',
        instrument: false,
        readyTimeoutMs: 120_000,
        readyPath: '/up',
        method: 'put',
        body: '{}',
        headers: { A: '1', B: '2' },
        env: { A: '1', B: 'x=y' },
        cwd: '/tmp',
        repeat: 2,
        jobs: 3,
      },
    });
  });

  it('leaves to the library what is not given', () => {
    expect(optionsOf('--', 'node', 'a.js')).toEqual({ command: ['node', 'a.js'] });
  });

  it.each([
    [['api'], ['api']],
    [
      ['worker', 'api', '--json'],
      ['worker', 'api'],
    ],
    [['--grace', '5s', 'api', '--grace', '6s'], ['api']],
    [[], []],
  ])('%j names targets', (argv, names) => {
    expect(parseCommandLine(argv, isTarget)).toMatchObject({ kind: 'targets', names });
  });

  it.each([
    [['node', 'server.js']],
    [['node', 'api.js', '--port', '1']],
    [['--', 'api']],
    [['--', 'report', 'x']],
    [['web']],
  ])('%j is a command beside targets', (argv) => {
    const command = argv.filter((word) => word !== '--');
    expect(parseCommandLine(argv, isTarget)).toMatchObject({ kind: 'command', command });
  });

  it.each([
    [['report', 'r.json', '--reporter', 'html=a.html'], { kind: 'report', file: 'r.json' }],
    [
      ['compare', 'a', 'b', '--tolerance', '5%'],
      { kind: 'compare', before: 'a', after: 'b', tolerance: 0.05 },
    ],
    [['init', '--force'], { kind: 'init', isForced: true }],
    [['init', '--help'], { kind: 'help' }],
    [['completion', 'zsh'], { kind: 'completion', shell: 'zsh' }],
  ])('%j is a subcommand', (argv, invocation) => {
    expect(parseCommandLine(argv)).toMatchObject(invocation);
  });

  it('prints for people where every report goes to a file', () => {
    expect(parseCommandLine(['--reporter', 'sarif=s.sarif', '--', 'x'])).toMatchObject({
      outputs: { reports: [{ reporter: 'pretty' }, { reporter: 'sarif', file: 's.sarif' }] },
    });
  });

  it('takes the first word that is no option for the command', () => {
    expect(optionsOf('--grace', '5s', 'node', 'a.js', '--json')).toMatchObject({
      command: ['node', 'a.js', '--json'],
      graceMs: 5000,
    });
  });

  it.each([
    [['--grace', '10', '--', 'x'], 'bad-option'],
    [['--grace', 'soon', '--', 'x'], 'bad-option'],
    [['--requests', '-1', '--', 'x'], 'bad-usage'],
    [['--requests', '1.5', '--', 'x'], 'bad-option'],
    [['--signal', 'BANG', '--', 'x'], 'unknown-signal'],
    [['--what', '--', 'x'], 'bad-usage'],
    [['--json=yes', '--', 'x'], 'bad-usage'],
    [['--'], 'no-command'],
    [['--env', 'A', '--', 'x'], 'bad-option'],
    [['--header', 'A', '--', 'x'], 'bad-option'],
    [['--reporter', 'pdf', '--', 'x'], 'unknown-reporter'],
    [['--reporter', 'junit=', '--', 'x'], 'bad-option'],
    [['--reporter', 'junit', '--json', '--', 'x'], 'bad-usage'],
    [['--tolerance', '5%', '--', 'x'], 'bad-usage'],
    [['compare', 'a', 'b', '--tolerance', '5'], 'bad-option'],
    [['compare', 'a'], 'bad-usage'],
    [['report', 'a', '--grace', '5s'], 'bad-usage'],
  ])('refuses %j', (argv, code) => {
    expect(() => parseCommandLine(argv)).toThrow(expect.objectContaining({ code }));
  });

  it('wants a unit, and says which', () => {
    expect(toMilliseconds('hold', '2m')).toBe(120_000);
    expect(toMilliseconds('hold', '0.5s')).toBe(500);
    expect(() => toMilliseconds('hold', '10')).toThrow('10s or 10ms');
  });

  it('names every option in the help', () => {
    const help = helpText();
    for (const name of Object.keys(flags)) expect(help).toContain(`--${name}`);
    expect(Math.max(...help.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});
