import { fileURLToPath } from 'node:url';
import { withRequire } from '../process/node-options.js';
import { channelVariable } from './protocol.js';

const preloadPath = fileURLToPath(new URL('./preload.cjs', import.meta.url));

/** The environment of the target: the caller's, and with a channel the preload for every node in it. */
export function targetEnvironment(
  base: NodeJS.ProcessEnv,
  channelPath: string | undefined,
): NodeJS.ProcessEnv {
  if (channelPath === undefined) return base;
  return {
    ...base,
    NODE_OPTIONS: withRequire(base['NODE_OPTIONS'], preloadPath),
    [channelVariable]: channelPath,
  };
}
