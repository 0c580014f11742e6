import { describe, expect, it } from 'vitest';
import { parseCommandLine, toMilliseconds } from '../src/cli/args.js';
import { flags, helpText } from '../src/cli/flags.js';

function optionsOf(...argv: string[]) {
  const invocation = parseCommandLine(argv);
  if (invocation.kind !== 'simulate') throw new Error(invocation.kind);
  return invocation.options;
}

describe('the command line', () => {
  it('reads every option', () => {
    const argv =
      '--platform ecs --signal int --grace 1.5s --requests 9 --hold 500ms --idle 0 --path /x --port 80 --url http://h:1 --no-instrument --ready-timeout 2m --json --output -- node a.js --port 5';
    expect(parseCommandLine(argv.split(' '))).toEqual({
      kind: 'simulate',
      isJson: true,
      showsOutput: true,
      options: {
        command: ['node', 'a.js', '--port', '5'],
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
      },
    });
  });

  it('leaves to the library what is not given', () => {
    expect(optionsOf('--', 'node', 'a.js')).toEqual({ command: ['node', 'a.js'], instrument: true });
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
    [['--grace', '5s'], 'no-command'],
    [['--'], 'no-command'],
    [[], 'no-command'],
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
