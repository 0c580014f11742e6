import { count, duration } from './format.js';

/** What the progress line says. */
export const phases = {
  pulling: (image: string) => `pulling ${image}`,
  starting: (command: readonly string[]) => `starting ${command.join(' ')}`,
  warmingUp: (url: string) => `${url} answers; opening connections`,
  waiting: () => 'ready; waiting for the starts beside it',
  /** Rounded up to five seconds: it is only told from how long the starts before took. */
  toGo: (milliseconds: number) => `about ${duration(Math.ceil(milliseconds / 5_000) * 5_000)} to go`,
  oneByOne: () => 'one after the other, on the same port',
  filling: (requests: number) => `sending ${count(requests, 'request', 'requests')}`,
  preStop: (milliseconds: number) => `the preStop hook runs for ${duration(milliseconds)}`,
  draining: (signal: string) => `${signal} sent; watching the drain`,
  restarting: (ref: string, pods: number) =>
    `${ref} restarts: ${count(pods, 'pod is', 'pods are')} being replaced`,
  podsEnding: (pods: number) => `waiting until ${count(pods, 'old pod is', 'old pods are')} gone`,
  cleaningUp: () => 'ending what is left',
};
