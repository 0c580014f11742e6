import type { Creation, FrameworkAdapter } from './adapter.js';
import { findOption } from './options.js';
import { nestTemplate } from '../scaffold/nest.js';

/** `app.close()` alone waits for the keep-alive timeout of the platform: 6 s with Express, 73 s with Fastify. */
export const nest = {
  id: 'nest',
  modules: ['@nestjs/core', '@nestjs/common', '@nestjs/platform-express', '@nestjs/platform-fastify'],
  creators: [['NestFactory', 'create']],
  types: ['INestApplication', 'NestApplication', 'NestExpressApplication', 'NestFastifyApplication'],
  server: 'receiver',
  listenIsAsync: true,
  rawServer: 'getHttpServer',
  closeEndsBy: 'promise',
  cutOption: 'forceCloseConnections',
  lingerMs,
  drain: nestTemplate,
  refuses: (creation) =>
    creation.arguments.some(isOtherServer)
      ? 'a server of its own kind (http2, serverFactory) needs a drain of its own'
      : null,
} satisfies FrameworkAdapter;

/** `new FastifyAdapter({ http2: true })` */
function isOtherServer(argument: Creation['arguments'][number]): boolean {
  return (
    argument.type === 'NewExpression' &&
    ['http2', 'serverFactory'].some((option) => findOption(argument, option) !== null)
  );
}

/** Fastify's own timeout where Nest runs on it; an adapter that is not written here may be either. */
function lingerMs({ arguments: given }: Creation): number | null {
  const adapter = given[1];
  if (!adapter || adapter.type === 'ObjectExpression') return 6000;
  if (adapter.type !== 'NewExpression' || adapter.callee.type !== 'Identifier') return null;
  if (adapter.callee.name === 'FastifyAdapter') return 73_000;
  return adapter.callee.name === 'ExpressAdapter' ? 6000 : null;
}
