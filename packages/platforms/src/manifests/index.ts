import { readCompose } from './compose.js';
import { readDigitalOcean } from './digitalocean.js';
import { readDockerfile } from './dockerfile.js';
import { readEcs } from './ecs.js';
import type { ManifestKind, ManifestReading } from './fact.js';
import { readFly } from './fly.js';
import { readKubernetes } from './kubernetes.js';
import { readNomad } from './nomad.js';
import { readPackageJson } from './package-json.js';
import { readPm2 } from './pm2.js';
import { readProcfile } from './procfile.js';
import { readRailway } from './railway.js';
import { readRender } from './render.js';
import { SourceText } from './source.js';
import { readSystemd } from './systemd.js';

export type {
  BaseImageFact,
  CommandFact,
  DrainBeforeSignalFact,
  FactMs,
  GracePeriodFact,
  InitFact,
  ManifestFact,
  ManifestKind,
  ManifestProblem,
  ManifestProblemCode,
  ManifestReading,
  PreStopFact,
  ReachFact,
  ReadinessFact,
  ScriptFact,
  ShellFact,
  SignalFact,
} from './fact.js';
export { findManifestKind } from './kind.js';
export type { SourcePosition, SourceRange } from './source.js';
export { findStartCommand, shellOfImage, type StartCommand } from './start-command.js';

/** Every reader by the kind of file it reads. */
export const manifestReaders = {
  dockerfile: readDockerfile,
  compose: readCompose,
  kubernetes: readKubernetes,
  ecs: readEcs,
  systemd: readSystemd,
  fly: readFly,
  procfile: readProcfile,
  'package-json': readPackageJson,
  railway: readRailway,
  render: readRender,
  nomad: readNomad,
  pm2: readPm2,
  digitalocean: readDigitalOcean,
} as const satisfies Record<ManifestKind, (text: string) => ManifestReading>;

/** What a file says about the stop of a server. Never throws: what cannot be read becomes a problem. */
export function readManifest(kind: ManifestKind, text: string): ManifestReading {
  try {
    return manifestReaders[kind](text);
  } catch (error) {
    // A parser may give up on a text, for example where it is nested too deeply for the stack.
    const range = new SourceText(text).range(0, text.length);
    const expected = error instanceof Error ? error.message : String(error);
    return { facts: [], problems: [{ code: 'syntax', key: null, expected, range }] };
  }
}
