import { fileURLToPath } from 'node:url';
import { withRequire } from '../process/node-options.js';
import { channelVariable, traceVariable } from './protocol.js';

const preloadPath = fileURLToPath(new URL('./preload.cjs', import.meta.url));

/** The environment of the target: the caller's, and with a channel the preload for every node in it, which may trace. */
export function targetEnvironment(
  base: NodeJS.ProcessEnv,
  channelPath: string | undefined,
  isTraced: boolean,
): NodeJS.ProcessEnv {
  if (channelPath === undefined) return base;
  const required = withRequire(base['NODE_OPTIONS'], preloadPath);
  return {
    ...base,
    [channelVariable]: channelPath,
    NODE_OPTIONS: required,
    // The lines of a trace are those of the source, not of what was compiled from it.
    ...(isTraced ? { [traceVariable]: '1', NODE_OPTIONS: `${required} --enable-source-maps` } : {}),
  };
}
