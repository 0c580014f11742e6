import type { Platform } from '../platform.js';

export const digitalocean = {
  id: 'digitalocean',
  name: 'DigitalOcean App Platform',
  signal: 'SIGTERM',
  graceMs: 120_000,
  maxGraceMs: 600_000,
  graceStarts: 'signal',
  trafficLagMs: 0,
  drainBeforeSignalMs: 15_000,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  whereGraceIsSet: [{ where: 'app spec', key: 'services[].termination.grace_period_seconds' }],
  whereSignalIsSet: [],
  whereDrainIsSet: [{ where: 'app spec', key: 'services[].termination.drain_seconds' }],
  sources: [
    {
      url: 'https://docs.digitalocean.com/products/app-platform/how-to/configure-termination',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'When a container is to be stopped, the load balancers drain it first; the signal follows drain_seconds later, which are 110 s at most.',
  ],
  unverified: {
    reaches: 'The page says "a termination signal"; taken as sent to the run command.',
    isContainer: 'From the model of a container image.',
    leftovers: 'From the model of a container image.',
  },
} as const satisfies Platform;
