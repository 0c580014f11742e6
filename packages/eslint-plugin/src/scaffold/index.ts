import type { DrainKind } from '../frameworks/index.js';
import { fastifyTemplate } from './fastify.js';
import { httpTemplate } from './http.js';
import { http2Template } from './http2.js';
import { netTemplate } from './net.js';
import type { Template } from './template.js';

/** The scaffold of each kind of server. */
export const templates: Readonly<Record<DrainKind, Template>> = {
  fastify: fastifyTemplate,
  http: httpTemplate,
  http2: http2Template,
  net: netTemplate,
};
