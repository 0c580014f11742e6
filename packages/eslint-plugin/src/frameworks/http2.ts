import type { FrameworkAdapter } from './adapter.js';
import { findOption } from './options.js';
import { http2Template } from '../scaffold/http2.js';

export const http2 = {
  id: 'http2',
  modules: ['http2'],
  creators: [['createServer'], ['createSecureServer']],
  types: ['Http2Server', 'Http2SecureServer'],
  server: 'receiver',
  drain: http2Template,
  refuses: (creation) =>
    findOption(creation, 'allowHTTP1')
      ? 'HTTP/1 connections of this server would need a drain of their own'
      : null,
} satisfies FrameworkAdapter;
