import { defaults } from '../options.js';
import { duration } from '../messages/format.js';
import { wrap } from '../reporters/wrap.js';

/** One option of the command line; `--help` is made from these. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly short?: string;
  readonly about: string;
}

export const flags = {
  platform: {
    type: 'string',
    value: '<id>',
    about: `act as docker (10 s), kubernetes (30 s) or ecs (30 s); default ${defaults.platform}`,
  },
  scenario: {
    type: 'string',
    value: '<ids>',
    about: 'what the signal shall find, several with commas, or all; a path may follow: second-signal=/slow',
  },
  signal: { type: 'string', value: '<name>', about: "the signal to send; default the platform's" },
  grace: { type: 'string', value: '<time>', about: "from the signal to SIGKILL; default the platform's" },
  requests: {
    type: 'string',
    value: '<n>',
    about: `requests in flight at the signal; default ${String(defaults.requests)}`,
  },
  hold: {
    type: 'string',
    value: '<time>',
    about: `how long they need after the signal, in Node targets; default ${duration(defaults.holdMs)}`,
  },
  idle: {
    type: 'string',
    value: '<n>',
    about: `idle keep-alive connections beside them; default ${String(defaults.idleConnections)}`,
  },
  trace: {
    type: 'boolean',
    about:
      'find the line that created what keeps a Node target alive; slower; by itself, in a second start, when it hangs',
  },
  'no-trace': { type: 'boolean', about: 'no second start when it hangs' },
  repeat: {
    type: 'string',
    value: '<n>',
    about: 'do it so many times; one run that is not graceful decides',
  },
  path: { type: 'string', value: '<path>', about: 'path of the requests in flight; default /' },
  port: { type: 'string', value: '<n>', about: 'port of the server; default: found by itself' },
  url: { type: 'string', value: '<url>', about: 'origin of the server, for instance https://localhost:8443' },
  'no-instrument': {
    type: 'boolean',
    about: 'treat a Node target as a black box as well; needs a slow --path',
  },
  'ready-timeout': {
    type: 'string',
    value: '<time>',
    about: `how long the target may take to answer; default ${duration(defaults.readyTimeoutMs)}`,
  },
  json: { type: 'boolean', about: 'print one JSON document to stdout, and nothing else' },
  output: { type: 'boolean', about: "show the target's own output (on stderr)" },
  help: { type: 'boolean', short: 'h', about: 'show this' },
  version: { type: 'boolean', short: 'v', about: 'show the version' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

/** The text of `--help`. */
export function helpText(): string {
  const entries = Object.entries<Flag>(flags).map(([name, flag]) => ({
    left: `${flag.short === undefined ? '    ' : `-${flag.short}, `}--${name}${flag.value === undefined ? '' : ` ${flag.value}`}`,
    about: flag.about,
  }));
  const width = Math.max(...entries.map(({ left }) => left.length));
  return `sigterm - does your server shut down gracefully?

Usage: sigterm [options] -- <command> [arguments]

It starts the command, finds its port, keeps requests in flight, sends the
signal to the process as a platform would, and shows what became of each one.

Examples:
  sigterm -- node server.js
  sigterm --platform kubernetes -- npm start
  sigterm --signal SIGINT --grace 5s -- node dist/main.js
  sigterm --requests 100 --hold 500ms -- node --import tsx src/server.ts
  sigterm --path /slow -- ./my-go-server     any language: a path that takes 1 s
  sigterm --json -- node server.js > report.json

Options:
${entries.map(({ left, about }) => `  ${left.padEnd(width)}  ${wrap(about, 76 - width).join(`\n${' '.repeat(width + 4)}`)}`).join('\n')}

Times have a unit: 500ms, 10s, 2m.

The command runs without a shell, in a process group of its own; only its top
process gets the signal, and everything it has started is ended afterwards. In
Node targets responses are held for you, without a change to the app. Anything
else is a black box: name a path with --path that takes a second or more.

Exit code: 0 graceful, 1 not graceful, 2 could not be judged.
`;
}
