import type { PlatformId } from 'graceful-shutdown-platforms';
import type { ScenarioId } from 'sigterm';

// The one source of what the extension adds to VS Code, with settings.ts. `pnpm generate` writes package.json and
// package.nls.json from it, and a test fails when they differ.

/** The languages whose files are linted and whose servers can be run. */
export const languages = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'] as const;

/** The platforms whose stop can be simulated, with what each does; the first is the default. */
export const platformStops = {
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

/** What the signal can find on a server. */
export const scenarioIds = [
  'in-flight',
  'idle',
  'new-connections',
  'streaming',
  'upload',
  'pipelined',
  'reuse-race',
  'silent-socket',
  'half-request',
  'endless',
  'second-signal',
  'sse',
  'grpc',
  'grpc-stream',
  'tcp',
  'websocket',
  'start-up',
  'terminal',
] as const satisfies readonly ScenarioId[];

/** The ids of these platforms. */
export const platformIds = Object.keys(platformStops) as readonly PlatformId[];

/** The view type of the panel that shows a report. */
export const reportViewType = 'gracefulShutdown.report';

/** Where a command acts on the file of the active editor. */
const inSource = `editorLangId =~ /^(${languages.join('|')})$/`;

/** The menus that a command can stand in, apart from the palette. */
export type Menu = 'editor/title/run' | 'editor/context' | 'explorer/context';

/** What is said about a command. */
export interface CommandContribution {
  readonly title: string;
  readonly icon?: string;
  /** When the command can run at all. */
  readonly enablement?: string;
  /** When the palette lists it. */
  readonly palette?: string;
  /** When other menus show it. */
  readonly menus?: Partial<Record<Menu, string>>;
}

/** It runs the workspace's code, on this machine. */
const canRun = 'isWorkspaceTrusted && !virtualWorkspace';
const isSource = `resourceScheme == file && ${inSource}`;
/** A file that was seen to start a server. */
const isServer = 'resourceScheme == file && resourcePath in gracefulShutdown.serverFiles';

/** Every command by its id. */
export const commands = {
  'gracefulShutdown.simulate': {
    title: 'Simulate SIGTERM',
    icon: '$(debug-disconnect)',
    enablement: canRun,
    palette: isSource,
    menus: {
      'editor/title/run': isServer,
      'editor/context': isServer,
      'explorer/context': `${canRun} && resourceScheme == file && resourceExtname =~ /^\\.[cm]?[jt]sx?$/`,
    },
  },
  'gracefulShutdown.simulateSigint': { title: 'Simulate SIGINT', enablement: canRun, palette: isSource },
  'gracefulShutdown.simulateWith': {
    title: 'Simulate…',
    enablement: canRun,
    menus: { 'editor/title/run': isServer },
  },
  'gracefulShutdown.runAgain': {
    title: 'Run Again',
    icon: '$(debug-rerun)',
    enablement: canRun,
    palette: 'gracefulShutdown.hasRun',
  },
  'gracefulShutdown.stop': {
    title: 'Stop Simulation',
    icon: '$(debug-stop)',
    palette: 'gracefulShutdown.isRunning',
  },
  'gracefulShutdown.showLastReport': {
    title: 'Show Last Report',
    icon: '$(output)',
    palette: 'gracefulShutdown.hasReport',
  },
  'gracefulShutdown.compareWithPrevious': {
    title: 'Compare with Previous Run',
    icon: '$(diff)',
    palette: 'gracefulShutdown.hasPrevious',
  },
  'gracefulShutdown.sendSignal': {
    title: 'Send Signal to Running Server…',
    enablement: canRun,
  },
  'gracefulShutdown.showOutput': { title: 'Show Output' },
  'gracefulShutdown.exportReport': { title: 'Export Report…' },
  'gracefulShutdown.restartLinter': { title: 'Restart Linter' },
  'gracefulShutdown.lintWorkspace': { title: 'Check Workspace', enablement: '!virtualWorkspace' },
  'gracefulShutdown.insertScaffold': { title: 'Insert Graceful Shutdown Scaffold', palette: inSource },
  'gracefulShutdown.previewScaffold': { title: 'Preview Graceful Shutdown Scaffold', palette: inSource },
  'gracefulShutdown.chooseLinter': { title: 'Choose Who Lints' },
  'gracefulShutdown.openSampleServer': { title: 'Open a Sample Server' },
} as const satisfies Record<string, CommandContribution>;

/** The id of one of our commands. */
export type CommandId = keyof typeof commands;
