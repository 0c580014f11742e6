/** A runtime of JavaScript that is not Node. */
export type Runtime = 'bun' | 'deno';

/** The path of a runtime's program, or null where its package has no build for this machine. */
export function findRuntime(runtime: Runtime): string | null;
