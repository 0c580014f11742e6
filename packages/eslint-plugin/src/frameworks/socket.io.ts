import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../ast/unwrap.js';
import type { Creation, FrameworkAdapter } from './adapter.js';
import { isPort } from './options.js';
import { socketIoTemplate } from '../scaffold/socket.io.js';

/** Since version 1; `require('socket.io')(3000)` and, up to version 2, `require('socket.io').listen(3000)`. */
export const socketIo = {
  id: 'socket.io',
  modules: ['socket.io'],
  creators: [[], ['Server']],
  listeners: [[], ['Server'], ['listen']],
  types: ['Server'],
  listenMethods: ['listen', 'attach'],
  bindsNothing: (call) =>
    isPort(call.arguments[0]) ? null : 'without a port it is attached to a server that listens elsewhere',
  server: 'receiver',
  rawServer: 'httpServer',
  closeEndsBy: 'both',
  closesToo: findAttached,
  attachedTo: findAttached,
  closeAttached: (name) => ({ leave: `void ${name}.close();` }),
  drain: socketIoTemplate,
  refuses: ({ parent }) =>
    parent.type === 'MemberExpression' && /^(?:add|prepend|on|off|remove)/.test(propertyName(parent) ?? '')
      ? 'its listener methods give a namespace, not the server'
      : null,
} satisfies FrameworkAdapter;

function findAttached({ arguments: [first] }: Creation): TSESTree.Node | null {
  return !first || first.type === 'ObjectExpression' || isPort(first) ? null : first;
}
