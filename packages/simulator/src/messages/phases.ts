import { count, duration } from './format.js';

/** What the progress line says. */
export const phases = {
  starting: (command: readonly string[]) => `starting ${command.join(' ')}`,
  warmingUp: (url: string) => `${url} answers; opening connections`,
  filling: (requests: number) => `sending ${count(requests, 'request', 'requests')}`,
  preStop: (milliseconds: number) => `the preStop hook runs for ${duration(milliseconds)}`,
  draining: (signal: string) => `${signal} sent; watching the drain`,
  cleaningUp: () => 'ending what is left',
};
