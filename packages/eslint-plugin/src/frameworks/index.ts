import type { FrameworkAdapter } from './adapter.js';
import { apollo } from './apollo.js';
import { adonis } from './adonis.js';
import { bun } from './bun.js';
import { connect } from './connect.js';
import { deno } from './deno.js';
import { elysia } from './elysia.js';
import { express } from './express.js';
import { fastify } from './fastify.js';
import { feathers } from './feathers.js';
import { grpcJs } from './grpc-js.js';
import { h3 } from './h3.js';
import { hapi } from './hapi.js';
import { hono } from './hono.js';
import { http } from './http.js';
import { http2 } from './http2.js';
import { https } from './https.js';
import { inversifyExpress } from './inversify-express.js';
import { koa } from './koa.js';
import { listhen } from './listhen.js';
import { micro } from './micro.js';
import { nest } from './nest.js';
import { net } from './net.js';
import { polka } from './polka.js';
import { restify } from './restify.js';
import { socketIo } from './socket.io.js';
import { srvx } from './srvx.js';
import { tinyhttp } from './tinyhttp.js';
import { tls } from './tls.js';
import { trpc } from './trpc.js';
import { uwebsockets } from './uwebsockets.js';
import { ws } from './ws.js';

/** Every framework that is recognised. To add one, write its file and name it here: no other code changes. */
export const frameworks: readonly FrameworkAdapter[] = [
  apollo,
  adonis,
  bun,
  connect,
  deno,
  elysia,
  express,
  fastify,
  feathers,
  grpcJs,
  h3,
  hapi,
  hono,
  http,
  http2,
  https,
  inversifyExpress,
  koa,
  listhen,
  micro,
  nest,
  net,
  polka,
  restify,
  socketIo,
  srvx,
  tinyhttp,
  tls,
  trpc,
  uwebsockets,
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
