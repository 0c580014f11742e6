import type { Platform } from '../platform.js';

export const cloudRun = {
  id: 'cloud-run',
  name: 'Google Cloud Run',
  signal: 'SIGTERM',
  graceMs: 10_000,
  isGraceFixed: true,
  graceStarts: 'signal',
  trafficLagMs: 0,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  whereGraceIsSet: [],
  whereSignalIsSet: [],
  sources: [
    {
      url: 'https://cloud.google.com/blog/topics/developers-practitioners/graceful-shutdowns-cloud-run-deep-dive',
      checked: '2026-11-22',
    },
    { url: 'https://cloud.google.com/run/docs/samples/cloudrun-sigterm-handler', checked: '2026-11-22' },
  ],
  notes: [
    'The signal is sent primarily to instances that get no traffic any more, after they were scaled in or their revision was replaced.',
    'A process without a handler for SIGTERM ends at once.',
  ],
  unverified: {
    reaches: 'The pages say "to the container"; taken as the process of its entrypoint.',
    isContainer: 'From the model of a container image; the pages do not name process 1.',
    leftovers: 'From the model of a container image.',
  },
} as const satisfies Platform;
