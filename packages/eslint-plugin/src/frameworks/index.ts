import type { FrameworkAdapter } from './adapter.js';
import { express } from './express.js';
import { fastify } from './fastify.js';
import { hono } from './hono.js';
import { http } from './http.js';
import { http2 } from './http2.js';
import { https } from './https.js';
import { koa } from './koa.js';
import { net } from './net.js';

/** Every framework that is recognised. To add one, write its file and name it here: no other code changes. */
export const frameworks: readonly FrameworkAdapter[] = [express, fastify, hono, http, http2, https, koa, net];

const byModule = new Map(
  frameworks.flatMap((adapter) => adapter.modules.map((module) => [module, adapter] as const)),
);

/** The framework a module (without `node:`) belongs to. */
export function findFramework(module: string): FrameworkAdapter | null {
  return byModule.get(module) ?? null;
}

export type { Creation, ExportPath, FrameworkAdapter } from './adapter.js';
