import type { Node } from '../ast/types.js';
import type { Creation } from '../frameworks/index.js';
import type { Ask } from './adapter.js';
import { exportOf, findMethodCall } from './forms.js';

/** A plugin that an application is given by `register()`. */
export interface Registration {
  app: Node;
  /** An option's value, as `Ask.option` gives it. */
  option: (name: string) => Node | null | undefined;
}

/** `fastify.register(plugin, options)`, the plugin imported, required, or given as `import('…')`. */
export function findFastifyPlugin(
  call: Creation,
  ask: Ask,
  packages: readonly string[],
): Registration | null {
  const [plugin] = call.arguments;
  const called = findMethodCall(call);
  if (called?.method !== 'register' || !plugin || exportOf(ask, plugin, packages) === null) return null;
  return { app: called.receiver, option: (name) => ask.option(call, 1, name) };
}

/** `server.register(plugin)`, `server.register({ plugin, options })`, or a list of such things. */
export function findHapiPlugin(call: Creation, ask: Ask, packages: readonly string[]): Registration | null {
  const [given] = call.arguments;
  const called = findMethodCall(call);
  if (called?.method !== 'register' || !given) return null;
  for (const entry of ask.elements(given) ?? [given]) {
    const named = ask.property(entry, 'plugin');
    if (exportOf(ask, named ?? entry, packages) === null) continue;
    const options = named ? ask.property(entry, 'options') : null;
    return {
      app: called.receiver,
      option: (name) => (options ? ask.property(options, name) : options),
    };
  }
  return null;
}
