import { platforms } from 'graceful-shutdown-platforms';
import { defaults } from '../options.js';
import { duration } from '../messages/format.js';

/** One option of the command line; `--help` is made from these. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly short?: string;
  readonly about: string;
  /** Where the help shows it. Default `signal`. */
  readonly group?: FlagGroup;
  /** Whether it may be given several times. */
  readonly isRepeatable?: true;
}

/** What an option is about: the target, what is done to it, the report, or a subcommand. */
export type FlagGroup = 'target' | 'signal' | 'output' | 'subcommand';

export const flags = {
  platform: {
    type: 'string',
    value: '<id>',
    about: `whose stop to act out: ${Object.keys(platforms).join(', ')}; default ${defaults.platform}, a plain process`,
  },
  driver: {
    type: 'string',
    value: '<id>',
    about:
      'use a real engine by its own command. docker: the command is an image and its arguments, and --port the one inside. kubernetes: it is deployment/NAME or pod/NAME, which is restarted while clients ask at --url',
  },
  namespace: { type: 'string', value: '<name>', short: 'n', about: 'with --driver kubernetes: where it is' },
  context: {
    type: 'string',
    value: '<name>',
    about: 'with --driver kubernetes: the cluster, as kubectl knows it',
  },
  scenario: {
    type: 'string',
    value: '<ids>',
    about: 'what the signal shall find, several with commas, or all; a path may follow: second-signal=/slow',
  },
  signal: { type: 'string', value: '<name>', about: "the signal to send; default the platform's" },
  grace: {
    type: 'string',
    value: '<time>',
    about: "the grace period, at whose end SIGKILL comes; default the platform's",
  },
  'pre-stop': {
    type: 'string',
    value: '<time>',
    about: "what the platform's hook takes before the signal, such as a sleep in Kubernetes' preStop",
  },
  'no-pid1': {
    type: 'boolean',
    about: 'on container platforms too run the target as an ordinary process',
  },
  init: { type: 'boolean', about: 'on container platforms put an init in front of it, as docker run --init' },
  requests: {
    type: 'string',
    value: '<n>',
    about: `requests in flight at the signal; default ${String(defaults.requests)}`,
  },
  hold: {
    type: 'string',
    value: '<time>',
    about: `how long they need after the signal, in Node targets; default ${duration(defaults.holdMs)}, less on short grace periods`,
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
  jobs: {
    type: 'string',
    value: '<n>',
    about:
      'how many starts may go on side by side, where each can have a port of its own; 1: one after the other; default 4, or the number of processors',
  },
  path: {
    type: 'string',
    value: '<path>',
    group: 'target',
    about: 'path of the requests in flight; default /',
  },
  port: {
    type: 'string',
    value: '<n>',
    group: 'target',
    about: 'port of the server; default: found by itself',
  },
  url: {
    type: 'string',
    value: '<url>',
    group: 'target',
    about: 'origin of the server, for instance https://localhost:8443, or unix:/path',
  },
  'no-instrument': {
    type: 'boolean',
    group: 'target',
    about: 'treat a Node target as a black box as well; needs a slow --path',
  },
  'ready-timeout': {
    type: 'string',
    value: '<time>',
    group: 'target',
    about: `how long the target may take to answer; default ${duration(defaults.readyTimeoutMs)}`,
  },
  env: {
    type: 'string',
    value: '<N=v>',
    group: 'target',
    isRepeatable: true,
    about: 'set a variable in its environment; several times for several',
  },
  cwd: { type: 'string', value: '<dir>', group: 'target', about: 'directory to run it in; default: here' },
  'ready-path': {
    type: 'string',
    value: '<path>',
    group: 'target',
    about:
      'wait until this path answers with a status below 400, and see when it says otherwise after the signal; default: any answer from anywhere',
  },
  method: {
    type: 'string',
    value: '<name>',
    group: 'target',
    about: 'method of the requests in flight; default GET, with --body POST',
  },
  body: {
    type: 'string',
    value: '<text>',
    group: 'target',
    about: 'what they send; as application/json where it is JSON',
  },
  header: {
    type: 'string',
    value: '<N: v>',
    group: 'target',
    isRepeatable: true,
    about: 'a header of every request that is sent; several times for several',
  },
  config: {
    type: 'string',
    value: '<file>',
    group: 'target',
    about: 'the file with targets; default: sigterm.config.{ts,mts,js,mjs,json}, here or above',
  },
  reporter: {
    type: 'string',
    value: '<r[=file]>',
    group: 'output',
    isRepeatable: true,
    about:
      'pretty, json, junit, sarif, github, markdown or html, to stdout or to a file; several times for several',
  },
  save: {
    type: 'string',
    value: '<file>',
    group: 'output',
    about: 'keep the recording, for sigterm report and sigterm compare',
  },
  json: {
    type: 'boolean',
    group: 'output',
    about: 'short for --reporter json: one document on stdout, and nothing else',
  },
  output: { type: 'boolean', group: 'output', about: "show the target's own output (on stderr)" },
  tolerance: {
    type: 'string',
    value: '<n%>',
    group: 'subcommand',
    about: 'compare: how much longer a drain may take than before; default 20%',
  },
  force: { type: 'boolean', group: 'subcommand', about: 'init: overwrite a configuration that is there' },
  help: { type: 'boolean', short: 'h', group: 'output', about: 'show this' },
  version: { type: 'boolean', short: 'v', group: 'output', about: 'show the version' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;
