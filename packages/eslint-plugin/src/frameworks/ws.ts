import type { TSESTree } from '@typescript-eslint/utils';
import type { FrameworkAdapter } from './adapter.js';
import { findOption } from './options.js';
import { wsTemplate } from '../scaffold/ws.js';

/** A server of WebSockets that listens by itself. One with `{ server }` or `{ noServer: true }` goes with that server. */
export const ws = {
  id: 'ws',
  modules: ['ws'],
  creators: [],
  listeners: [['WebSocketServer'], ['Server'], ['WebSocket', 'WebSocketServer'], ['WebSocket', 'Server']],
  types: ['WebSocketServer', 'Server'],
  listenMethods: [],
  bindsNothing(call) {
    if (findOption(call, 'server') || findOption(call, 'noServer'))
      return 'it takes its connections from another server';
    return findOption(call, 'port') ? null : 'whether its options have a port cannot be told';
  },
  server: 'receiver',
  attachedTo: (call): TSESTree.Node | null => findOption(call, 'server'),
  closeAttached: (name) => ({
    leave: `for (const client of ${name}.clients) client.close(1001);`,
    cut: `for (const client of ${name}.clients) client.terminate();`,
  }),
  drain: wsTemplate,
  refuses: ({ arguments: [options] }) =>
    options?.type === 'ObjectExpression' &&
    options.properties.some(
      (property) =>
        property.type === 'Property' &&
        property.key.type === 'Identifier' &&
        property.key.name === 'clientTracking',
    )
      ? 'without clientTracking it does not know its clients'
      : null,
} satisfies FrameworkAdapter;
