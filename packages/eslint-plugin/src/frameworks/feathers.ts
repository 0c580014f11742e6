import type { Creation, FrameworkAdapter } from './adapter.js';
import { closingHttpTemplate } from '../scaffold/raw-http.js';

/** On Express or Koa. `teardown()` runs the services' hooks, then fails when the server is closed already. */
export const feathers = {
  id: 'feathers',
  modules: ['@feathersjs/express', '@feathersjs/koa'],
  creators: [[], ['koa']],
  types: ['Application'],
  server: 'receiver',
  listenIsAsync: true,
  rawServer: 'server',
  closeMethods: ['teardown'],
  closeEndsBy: 'promise',
  drain: closingHttpTemplate({
    of: (app) => `${app}.server`,
    isWidelyTyped: true,
    close: (app) => `${app}.teardown()`,
    mayFailWith: "error.code === 'ERR_SERVER_NOT_RUNNING'",
  }),
  refuses(creation, listen) {
    if (creation.arguments.length === 0) return 'without a Feathers application it is one of Express or Koa';
    return isPromise(listen) ? null : 'before version 5 it has neither `server` nor `teardown()`';
  },
} satisfies FrameworkAdapter;

/** Whether what `listen()` gives is used as a promise, as it is from version 5 on. */
function isPromise({ parent }: Creation): boolean {
  if (parent.type === 'AwaitExpression') return true;
  return (
    parent.type === 'MemberExpression' &&
    parent.property.type === 'Identifier' &&
    ['then', 'catch', 'finally'].includes(parent.property.name)
  );
}
