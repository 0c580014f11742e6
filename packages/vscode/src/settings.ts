import type { ScenarioId } from 'sigterm';
import { platformIds, platformStops, scenarioIds } from './contributions.js';

/** What is said about a setting. */
export interface SettingContribution {
  readonly type: 'boolean' | 'string' | 'integer' | 'array' | 'object';
  readonly default: boolean | string | number | object | null;
  readonly markdownDescription: string;
  readonly scope: 'resource' | 'window' | 'machine-overridable';
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly items?: { readonly enum: readonly string[] };
  readonly uniqueItems?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  /** The schema of each value of an object. */
  readonly additionalProperties?: object;
  /** Names a program or a command: a workspace may set it only once the user trusts it. */
  readonly needsTrust?: boolean;
}

/** Every setting by its key, without the `gracefulShutdown.` in front. */
export const settings = {
  lint: {
    type: 'string',
    default: 'auto',
    scope: 'resource',
    enum: ['auto', 'on', 'off'],
    enumDescriptions: [
      'Report them, but leave a file to the ESLint extension where its configuration has eslint-plugin-graceful-shutdown',
      'Report them, also where the ESLint extension does',
      'Report nothing',
    ],
    markdownDescription:
      'Report servers that drop requests when they are stopped. Where an ESLint configuration has `eslint-plugin-graceful-shutdown`, its severities and options hold.',
  },
  rules: {
    type: 'object',
    default: {},
    scope: 'resource',
    additionalProperties: { enum: ['off', 'warn', 'error'] },
    markdownDescription:
      'The severity of single rules, for example `{ "require-drain-timeout": "off" }`. An ESLint configuration that has the rules comes before this.',
  },
  'codeLens.enable': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    markdownDescription: 'Show **Simulate SIGTERM** above each call that starts a server.',
  },
  'simulate.command': {
    type: 'string',
    default: '',
    scope: 'resource',
    needsTrust: true,
    markdownDescription:
      'The command that starts the server, for example `node --import tsx ${file}`. It is run without a shell, in the folder of the nearest `package.json`; `${file}` and `${workspaceFolder}` are replaced. Empty: found by itself, in `sigterm.config`, `launch.json`, the scripts of `package.json`, or from the file.',
  },
  'simulate.nodePath': {
    type: 'string',
    default: 'node',
    scope: 'machine-overridable',
    needsTrust: true,
    markdownDescription:
      'The Node.js that runs the server, where `#gracefulShutdown.simulate.command#` is empty: a name or a path.',
  },
  'simulate.platform': {
    type: 'string',
    default: 'local',
    scope: 'resource',
    enum: platformIds,
    enumDescriptions: Object.values(platformStops),
    markdownDescription:
      'Where the server runs in production: how long it has there before it is killed, and which signal it gets where the command does not name one.',
  },
  'simulate.graceMs': {
    type: 'integer',
    default: 0,
    minimum: 0,
    maximum: 3_600_000,
    scope: 'resource',
    markdownDescription:
      'Milliseconds from the signal to SIGKILL. 0: as many as `#gracefulShutdown.simulate.platform#` gives.',
  },
  'simulate.requests': {
    type: 'integer',
    default: 8,
    minimum: 1,
    maximum: 1000,
    scope: 'resource',
    markdownDescription: 'How many requests are in flight when the signal is sent.',
  },
  'simulate.hold': {
    type: 'integer',
    default: 2000,
    minimum: 1,
    maximum: 600_000,
    scope: 'resource',
    markdownDescription:
      'Milliseconds for which each request is held in the server, so that it is still at work when the signal comes.',
  },
  'simulate.path': {
    type: 'string',
    default: '',
    scope: 'resource',
    markdownDescription:
      'The path that is requested, for example `/slow?page=1`. Empty: `/`, or another one that answers.',
  },
  'simulate.scenarios': {
    type: 'array',
    items: { enum: scenarioIds },
    uniqueItems: true,
    default: [],
    scope: 'resource',
    markdownDescription:
      'What the signal finds on the server. Empty: requests in flight, idle connections and clients that connect after the signal. Most others start the server once more, so a run takes longer with each.',
  },
} as const satisfies Record<string, SettingContribution>;

/** The key of one of our settings, without the `gracefulShutdown.` in front. */
export type SettingKey = keyof typeof settings;

interface ValueTypes {
  readonly boolean: boolean;
  readonly string: string;
  readonly integer: number;
  readonly object: Readonly<Record<string, unknown>>;
  readonly array: readonly ScenarioId[];
}

/** The type of a setting's value. */
export type SettingValue<Key extends SettingKey> = (typeof settings)[Key] extends {
  enum: readonly (infer Value)[];
}
  ? Value
  : ValueTypes[(typeof settings)[Key]['type']];
