import { dirname } from 'node:path';
import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { findPackage } from '../modules/package.js';

/** What only Bun has. */
const IN_CODE = /\bBun\.[a-z]|\b(?:from|import|require)\b\s*\(?\s*["']bun(?::[\w-]+)?["']|^#!.*\bbun\b/;
/** `bun src/server.ts`, `bun --hot run server.ts`; not `bun run build`, which may be of Node. */
const IN_SCRIPT = /(?:^|[\s;&|])bun(?:\s+(?:run|--[\w-]+))*\s+[^\s-]\S*\.[cm]?[jt]sx?\b/;

/**
 * Whether the file of a node, or its package, says that it is run by Bun, whose `http.Server` is no `net.Server`:
 * `net.Server.prototype.close` throws there, and its own close cuts idle connections at once in any case.
 */
export function runsOnBun(node: Node): boolean {
  const { file, text } = moduleOf(node);
  if (IN_CODE.test(text)) return true;
  if (file === '') return false;
  const { dependencies, devDependencies, scripts = {} } = findPackage(dirname(file)).manifest;
  const installed = { ...dependencies, ...devDependencies };
  return (
    '@types/bun' in installed ||
    'bun-types' in installed ||
    Object.values(scripts).some((script) => IN_SCRIPT.test(script))
  );
}
