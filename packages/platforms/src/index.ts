import { docker } from './platforms/docker.js';
import { ecs } from './platforms/ecs.js';
import { kubernetes } from './platforms/kubernetes.js';
import type { Platform } from './platform.js';

export type { Platform, Setting, Source } from './platform.js';

/** Every platform by its id. */
export const platforms = { docker, kubernetes, ecs } as const satisfies Record<string, Platform>;

/** The id of a platform in the table: `docker`, `kubernetes`, `ecs`. */
export type PlatformId = keyof typeof platforms;

/** The platform with this id (exact, lower case), or `undefined` where the table has none. */
export function findPlatform(id: string): (Platform & { readonly id: PlatformId }) | undefined {
  return Object.hasOwn(platforms, id) ? platforms[id as PlatformId] : undefined;
}
