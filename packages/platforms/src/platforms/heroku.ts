import type { Platform } from '../platform.js';

export const heroku = {
  id: 'heroku',
  name: 'Heroku',
  signal: 'SIGTERM',
  graceMs: 30_000,
  isGraceFixed: true,
  graceStarts: 'signal',
  trafficLagMs: 2_000,
  reaches: 'all-processes',
  repeatsSignal: true,
  isContainer: false,
  leftovers: 'killed-at-grace-end',
  whereGraceIsSet: [],
  whereSignalIsSet: [],
  sources: [
    { url: 'https://devcenter.heroku.com/articles/dyno-shutdown-behavior', checked: '2026-11-22' },
    { url: 'https://github.com/puma/puma/pull/1808', checked: '2026-11-22' },
  ],
  notes: [
    'Every process of the dyno gets the signal itself, so a wrapper such as npm does not keep it from the server.',
    'A process may get SIGTERM more than once; a log in puma/puma#1808 shows it twice within 25 ms.',
    'What is left after 30 s is killed.',
  ],
  unverified: {
    trafficLagMs:
      'Threads such as puma/puma#1802 show requests that the router sends to a dyno that is stopping; no page says for how long, 2 s is our own choice.',
    isContainer: 'From memory: a dyno starts the command through a shell of its own, so it is not process 1.',
  },
} as const satisfies Platform;
