import type { Platform } from '../platform.js';

export const render = {
  id: 'render',
  name: 'Render',
  signal: 'SIGTERM',
  graceMs: 30_000,
  maxGraceMs: 300_000,
  graceStarts: 'signal',
  trafficLagMs: 0,
  drainBeforeSignalMs: 60_000,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  whereGraceIsSet: [{ where: 'render.yaml', key: 'services[].maxShutdownDelaySeconds' }],
  whereSignalIsSet: [],
  sources: [
    { url: 'https://render.com/articles/how-render-handles-zero-downtime-deploys', checked: '2026-11-22' },
    {
      url: 'https://schemas.apis.io/schemas/render/render-maxshutdowndelayseconds/',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'On a deploy, new requests go to the new instance, and 60 s later the old one gets the signal.',
    'A service with a disk is stopped before its successor starts.',
  ],
  unverified: {
    reaches: 'No page names the process; taken as the start command.',
    isContainer: 'From the model of a container image.',
    leftovers: 'From the model of a container image.',
  },
} as const satisfies Platform;
