import type { Platform } from '../platform.js';

export const compose = {
  id: 'compose',
  name: 'Docker Compose',
  signal: 'SIGTERM',
  graceMs: 10_000,
  graceStarts: 'signal',
  trafficLagMs: 0,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  whereGraceIsSet: [
    { where: 'compose.yaml', key: 'services.*.stop_grace_period' },
    { where: 'docker compose stop', key: '--timeout' },
  ],
  whereSignalIsSet: [
    { where: 'compose.yaml', key: 'services.*.stop_signal' },
    { where: 'Dockerfile', key: 'STOPSIGNAL' },
  ],
  wherePreStopIsSet: [{ where: 'compose.yaml', key: 'services.*.pre_stop' }],
  sources: [
    {
      url: 'https://docs.docker.com/reference/compose-file/services/#stop_grace_period',
      checked: '2026-11-22',
    },
    { url: 'https://github.com/compose-spec/compose-spec/blob/main/05-services.md', checked: '2026-11-22' },
  ],
  notes: [
    'stop_grace_period is a duration with its unit, e.g. 1m30s.',
    'With init: true, process 1 is a small init that passes the signal on.',
  ],
  unverified: {},
} as const satisfies Platform;
