import { azureContainerApps } from './platforms/azure-container-apps.js';
import { cloudFoundry } from './platforms/cloud-foundry.js';
import { cloudRun } from './platforms/cloud-run.js';
import { compose } from './platforms/compose.js';
import { digitalocean } from './platforms/digitalocean.js';
import { docker } from './platforms/docker.js';
import { ecs } from './platforms/ecs.js';
import { fargate } from './platforms/fargate.js';
import { fly } from './platforms/fly.js';
import { heroku } from './platforms/heroku.js';
import { kubernetes } from './platforms/kubernetes.js';
import { local } from './platforms/local.js';
import { nomad } from './platforms/nomad.js';
import { pm2 } from './platforms/pm2.js';
import { railway } from './platforms/railway.js';
import { render } from './platforms/render.js';
import { systemd } from './platforms/systemd.js';
import type { Platform } from './platform.js';

/** Every platform by its id. */
export const platforms = {
  docker,
  compose,
  kubernetes,
  ecs,
  fargate,
  'cloud-run': cloudRun,
  heroku,
  fly,
  render,
  railway,
  nomad,
  systemd,
  'cloud-foundry': cloudFoundry,
  'azure-container-apps': azureContainerApps,
  digitalocean,
  pm2,
  local,
} as const satisfies Record<string, Platform>;

/** The id of a platform in the table: `docker`, `kubernetes`, `fly`, … */
export type PlatformId = keyof typeof platforms;

/** The platform with this id (exact, lower case), or `undefined` where the table has none. */
export function findPlatform(id: string): (Platform & { readonly id: PlatformId }) | undefined {
  return Object.hasOwn(platforms, id) ? platforms[id as PlatformId] : undefined;
}
