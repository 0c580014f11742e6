import type { Creation } from '../frameworks/adapter.js';
import { fastifyDrain } from './fastify.js';
import { bindRaw, closingHttpTemplate } from './raw-http.js';
import type { Template } from './template.js';

const raw = {
  of: (app: string) => `${app}.getHttpServer()`,
  // It is `any`.
  isWidelyTyped: true,
};

const onExpress = closingHttpTemplate({ ...raw, close: (app) => `${app}.close()` });

/**
 * The drain of a Nest application: that of its raw server, then `app.close()` for the shutdown hooks.
 * On Fastify there may be two raw servers, see {@link fastifyDrain}; that drain also fits where the platform is unknown.
 */
export const nestTemplate: Template = (context) => {
  if (isOnExpress(context.creation)) return onExpress(context);
  const { name, statement } = bindRaw(raw, context);
  return `${statement}\n\n${fastifyDrain(context, name)}`;
};

/** `create(AppModule)`, `create(AppModule, { cors: true })`, `create(AppModule, new ExpressAdapter(app))` */
function isOnExpress(creation: Creation | null): boolean {
  if (!creation) return false;
  const [, platform] = creation.arguments;
  if (!platform || platform.type === 'ObjectExpression') return true;
  if (platform.type !== 'NewExpression') return false;
  const { callee } = platform;
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' && name.name === 'ExpressAdapter';
}
