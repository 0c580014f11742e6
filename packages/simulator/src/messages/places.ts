import type { Place } from '../checks/check.js';

const words: { readonly [What in Place['what']]: string } = {
  exit: 'the process is ended at',
  throw: 'thrown at',
  handler: 'the handler is installed at',
  listen: 'the server listens at',
  alive: 'created at',
  start: 'started with',
};

/** Says where a finding has its reason: `the process is ended at src/server.ts:12`. */
export function describePlace({ what, file, line, message }: Place): string {
  if (what === 'start') return `${words.start} ${file}`;
  return `${words[what]} ${file}:${String(line)}${message === undefined ? '' : `: ${message}`}`;
}
