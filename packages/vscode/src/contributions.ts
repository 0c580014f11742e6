import type { PlatformId } from 'graceful-shutdown-platforms';

// The one source of what the extension adds to VS Code. `pnpm generate` writes package.json from it, and a test fails
// when the two differ. It must not import anything at run time: the generator loads it alone.

/** The languages whose files are linted and whose servers can be run. */
export const languages = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'] as const;

/** The platforms whose stop can be simulated, with what each does; the first is the default. */
const platformStops = {
  local: 'kill on this machine: SIGTERM, then SIGKILL after 10 seconds',
  docker: 'docker stop: SIGTERM, then SIGKILL after 10 seconds',
  compose: 'docker compose stop: SIGTERM, then SIGKILL after 10 seconds',
  kubernetes:
    'Kubernetes: SIGTERM, then SIGKILL after 30 seconds; new connections may still arrive for a moment',
  ecs: 'Amazon ECS: SIGTERM, then SIGKILL after 30 seconds',
  fargate: 'AWS Fargate: SIGTERM, then SIGKILL after 30 seconds',
  'cloud-run': 'Google Cloud Run: SIGTERM, then SIGKILL after 10 seconds',
  heroku: 'Heroku: SIGTERM to every process, then SIGKILL after 30 seconds',
  fly: 'Fly.io: SIGINT, then a forced end after 5 seconds',
  render: 'Render: SIGTERM, then SIGKILL after 30 seconds',
  railway: 'Railway: SIGTERM, then SIGKILL at once, unless drainingSeconds is set',
  nomad: 'Nomad: SIGINT, then SIGKILL after 5 seconds',
  systemd: 'systemd: SIGTERM to every process of the service, then SIGKILL after 90 seconds',
  'cloud-foundry': 'Cloud Foundry: SIGTERM, then SIGKILL after 10 seconds',
  'azure-container-apps': 'Azure Container Apps: SIGTERM, then SIGKILL after 30 seconds',
  digitalocean: 'DigitalOcean App Platform: SIGTERM, then SIGKILL after 120 seconds',
  pm2: 'PM2: SIGINT to the tree of processes, then SIGKILL after 1.6 seconds',
} as const satisfies Record<PlatformId, string>;

/** The ids of these platforms. */
export const platformIds = Object.keys(platformStops) as readonly PlatformId[];

/** The view type of the panel that shows a report. */
export const reportViewType = 'gracefulShutdown.report';

interface CommandContribution {
  readonly title: string;
  readonly icon?: string;
  /** When the command can run at all. */
  readonly enablement?: string;
  /** When the palette lists it. */
  readonly palette?: string;
}

/** Every command by its id. */
export const commands = {
  'gracefulShutdown.simulate': {
    title: 'Simulate SIGTERM',
    icon: '$(debug-disconnect)',
    // It runs the workspace's code, on this machine.
    enablement: 'isWorkspaceTrusted && !virtualWorkspace',
    palette: `resourceScheme == file && editorLangId =~ /^(${languages.join('|')})$/`,
  },
  'gracefulShutdown.showOutput': { title: 'Show Output' },
  'gracefulShutdown.restartLinter': { title: 'Restart Linter' },
} as const satisfies Record<string, CommandContribution>;

/** The id of one of our commands. */
export type CommandId = keyof typeof commands;

interface SettingContribution {
  readonly type: 'boolean' | 'string' | 'integer';
  readonly default: boolean | string | number | null;
  readonly markdownDescription: string;
  readonly scope: 'resource' | 'window' | 'machine-overridable';
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Names a program or a command: a workspace may set it only once the user trusts it. */
  readonly needsTrust?: boolean;
}

/** Every setting by its key, without the `gracefulShutdown.` in front. */
export const settings = {
  'lint.enable': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    markdownDescription:
      'Report servers that drop requests when they are stopped. Turn it off where ESLint already runs `eslint-plugin-graceful-shutdown`.',
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
      'The command that starts the server, for example `node --import tsx ${file}`. It is run without a shell, in the folder of the nearest `package.json`; `${file}` and `${workspaceFolder}` are replaced. Empty: found by itself from the file.',
  },
  'simulate.nodePath': {
    type: 'string',
    default: 'node',
    scope: 'machine-overridable',
    needsTrust: true,
    markdownDescription:
      'The Node.js that runs the server, where `#gracefulShutdown.simulate.command#` is empty.',
  },
  'simulate.platform': {
    type: 'string',
    default: 'local',
    scope: 'resource',
    enum: platformIds,
    enumDescriptions: Object.values(platformStops),
    markdownDescription:
      'Whose stop is simulated: what is sent, and how long the server has before it is killed.',
  },
  'simulate.graceMs': {
    type: 'integer',
    default: 0,
    minimum: 0,
    maximum: 3_600_000,
    scope: 'resource',
    markdownDescription:
      'Milliseconds from the signal to SIGKILL. 0: what `#gracefulShutdown.simulate.platform#` gives.',
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
} as const satisfies Record<string, SettingContribution>;

/** The key of one of our settings, without the `gracefulShutdown.` in front. */
export type SettingKey = keyof typeof settings;

interface ValueTypes {
  readonly boolean: boolean;
  readonly string: string;
  readonly integer: number;
}

/** The type of a setting's value. */
export type SettingValue<Key extends SettingKey> = (typeof settings)[Key] extends {
  enum: readonly (infer Value)[];
}
  ? Value
  : ValueTypes[(typeof settings)[Key]['type']];

/** The parts of package.json that follow from the tables above. */
export function manifestParts() {
  return {
    activationEvents: languages.map((language) => `onLanguage:${language}`),
    capabilities: {
      untrustedWorkspaces: {
        supported: 'limited',
        description: 'Files are linted. Simulate SIGTERM runs the code of the workspace, so it needs trust.',
        restrictedConfigurations: settingEntries()
          .filter(([, setting]) => setting.needsTrust === true)
          .map(([key]) => key),
      },
      virtualWorkspaces: {
        supported: 'limited',
        description: 'Open files are linted. Servers cannot be run.',
      },
    },
    contributes: {
      commands: commandEntries().map(([command, { title, icon, enablement }]) => ({
        command,
        title,
        category: 'Graceful Shutdown',
        ...(icon === undefined ? {} : { icon }),
        ...(enablement === undefined ? {} : { enablement }),
      })),
      menus: {
        commandPalette: commandEntries().flatMap(([command, { palette }]) =>
          palette === undefined ? [] : [{ command, when: palette }],
        ),
      },
      configuration: {
        title: 'Graceful Shutdown',
        properties: Object.fromEntries(
          settingEntries().map(([key, { needsTrust: _, ...schema }]) => [key, schema] as const),
        ),
      },
    },
  };
}

function commandEntries(): [string, CommandContribution][] {
  return Object.entries(commands);
}

function settingEntries(): [string, SettingContribution][] {
  return Object.entries(settings).map(([key, setting]) => [`gracefulShutdown.${key}`, setting]);
}
