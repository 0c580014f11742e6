import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Bun's "baseline" needs no AVX2, which not every virtual machine has. */
const programs = {
  bun: ['@oven/bun-linux-x64-baseline', 'bin/bun'],
  deno: ['@deno/linux-x64-glibc', 'deno'],
};

/**
 * The path of a runtime's program, or null where its package has no build for this machine.
 * @param {keyof typeof programs} runtime
 */
export function findRuntime(runtime) {
  const [name, program] = programs[runtime];
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), program);
  } catch {
    return null;
  }
}
