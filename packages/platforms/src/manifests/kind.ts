import type { ManifestKind } from './fact.js';

const names: readonly (readonly [ManifestKind, RegExp])[] = [
  ['dockerfile', /^(Dockerfile|Containerfile)(\.[\w.-]+)?$|\.(dockerfile|containerfile)$/i],
  ['compose', /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/i],
  ['fly', /^fly([.-][\w.-]+)?\.toml$/],
  ['procfile', /^Procfile(\.[\w.-]+)?$/],
  ['package-json', /^package\.json$/],
  ['railway', /^railway\.(json|toml)$/],
  ['render', /^render\.ya?ml$/],
  ['systemd', /\.service$/],
  ['nomad', /\.nomad(\.hcl)?$/],
  ['pm2', /^(ecosystem|pm2|process)(\.[\w-]+)*\.json$/],
];

/**
 * The kind of a file by its path (`/` or `\` between folders), and where many share a name, by what it says;
 * `undefined` for what no reader is for.
 */
export function findManifestKind(path: string, text = ''): ManifestKind | undefined {
  const name = path.replace(/^.*[\\/]/, '');
  const byName = names.find(([, pattern]) => pattern.test(name));
  if (byName !== undefined) return byName[0];
  if (/(^|[\\/])\.do[\\/][\w.-]+\.ya?ml$/.test(path)) return 'digitalocean';
  if (/\.ya?ml$/.test(name) && /^apiVersion:/m.test(text) && /^kind:/m.test(text)) return 'kubernetes';
  if (/\.json$/.test(name) && /"containerDefinitions"\s*:/.test(text)) return 'ecs';
  return undefined;
}
