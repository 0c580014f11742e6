import type { ShellKind } from '../shape/signal-path.js';
import type { BaseImageFact, CommandFact, InitFact, ManifestFact, ShellFact } from './fact.js';

type KindOf = {
  readonly command: CommandFact;
  readonly shell: ShellFact;
  readonly init: InitFact;
  readonly 'base-image': BaseImageFact;
};

/** What a container starts. */
export interface StartCommand {
  /** The words of process 1, an init in front where the platform adds one. */
  readonly words: readonly string[];
  /** What `/bin/sh` is in its image. */
  readonly shell: ShellKind;
}

/**
 * What a container starts, by the facts of its image (a Dockerfile) and those of the service that runs it, which replace
 * the entrypoint or the command of the image. `null` where neither says so.
 */
export function findStartCommand(
  image: readonly ManifestFact[],
  service: readonly ManifestFact[] = [],
): StartCommand | null {
  const base = lastOf(image, 'base-image') ?? lastOf(service, 'base-image');
  const entrypoint = commandOf(service, 'entrypoint') ?? commandOf(image, 'entrypoint');
  // Who replaces the entrypoint of an image does without its command, too.
  const ofImage = commandOf(service, 'entrypoint') === undefined ? commandOf(image, 'command') : undefined;
  const command = commandOf(service, 'command') ?? ofImage;
  if (entrypoint === undefined && command === undefined) return null;
  const shell = lastOf(image, 'shell')?.words ?? ['/bin/sh', '-c'];
  const first = entrypoint === undefined ? entrypointOf(base?.image) : toWords(entrypoint, shell);
  const rest = entrypoint?.form === 'shell' ? [] : toWords(command, shell);
  const init = lastOf(service, 'init')?.isEnabled === true ? ['docker-init', '--'] : [];
  return {
    words: [...init, ...first, ...rest],
    shell: base === undefined ? 'unknown' : shellOfImage(base.image),
  };
}

/** The entrypoint that an image brings along: distroless images of Node.js have node itself. */
function entrypointOf(image: string | undefined): readonly string[] {
  return /(^|\/)distroless\/nodejs[\w-]*(:|@|$)/.test(image ?? '') ? ['node'] : [];
}

/** What `/bin/sh` is in an image, by its name: `node:22-alpine` has BusyBox, `node:22` is Debian with dash. */
export function shellOfImage(image: string): ShellKind {
  const [, name = '', tag = ''] = /([\w.-]+)(?::([\w.-]+))?(?:@[\w:]+)?$/.exec(image) ?? [];
  if (name === 'alpine' || /alpine/.test(tag)) return 'busybox';
  if (/^(debian|ubuntu)$/.test(name)) return 'dash';
  if (/^(fedora|rockylinux|almalinux|amazonlinux|centos|ubi\d.*)$/.test(name)) return 'bash';
  // The official image; others of that name, as of Bitnami or Chainguard, may be built on anything.
  return /^(docker\.io\/)?(library\/)?node(:|@|$)/.test(image) ? 'dash' : 'unknown';
}

function toWords(fact: CommandFact | undefined, shell: readonly string[]): readonly string[] {
  if (fact === undefined) return [];
  return fact.form === 'exec' ? fact.words : [...shell, ...fact.words];
}

function commandOf(facts: readonly ManifestFact[], role: CommandFact['role']): CommandFact | undefined {
  return facts.findLast((fact): fact is CommandFact => fact.kind === 'command' && fact.role === role);
}

function lastOf<Kind extends keyof KindOf>(
  facts: readonly ManifestFact[],
  kind: Kind,
): KindOf[Kind] | undefined {
  return facts.findLast((fact) => fact.kind === kind) as KindOf[Kind] | undefined;
}
