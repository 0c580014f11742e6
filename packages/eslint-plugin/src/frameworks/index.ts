import type { FrameworkAdapter } from './adapter.js';
import { bun } from './bun.js';
import { connect } from './connect.js';
import { deno } from './deno.js';
import { express } from './express.js';
import { fastify } from './fastify.js';
import { feathers } from './feathers.js';
import { grpcJs } from './grpc-js.js';
import { hapi } from './hapi.js';
import { hono } from './hono.js';
import { http } from './http.js';
import { http2 } from './http2.js';
import { https } from './https.js';
import { koa } from './koa.js';
import { micro } from './micro.js';
import { nest } from './nest.js';
import { net } from './net.js';
import { polka } from './polka.js';
import { restify } from './restify.js';
import { socketIo } from './socket.io.js';
import { tinyhttp } from './tinyhttp.js';
import { tls } from './tls.js';
import { ws } from './ws.js';

/** Every framework that is recognised. To add one, write its file and name it here: no other code changes. */
export const frameworks: readonly FrameworkAdapter[] = [
  bun,
  connect,
  deno,
  express,
  fastify,
  feathers,
  grpcJs,
  hapi,
  hono,
  http,
  http2,
  https,
  koa,
  micro,
  nest,
  net,
  polka,
  restify,
  socketIo,
  tinyhttp,
  tls,
  ws,
];

const byModule = new Map(
  frameworks.flatMap((adapter) => adapter.modules.map((module) => [module, adapter] as const)),
);

/** The framework a module (without `node:`) belongs to. */
export function findFramework(module: string): FrameworkAdapter | null {
  return byModule.get(module) ?? null;
}

export type { Creation, ExportPath, FrameworkAdapter } from './adapter.js';
