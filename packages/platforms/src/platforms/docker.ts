import type { Platform } from '../platform.js';

export const docker = {
  id: 'docker',
  name: 'Docker',
  signal: 'SIGTERM',
  graceMs: 10_000,
  trafficLagMs: 0,
  whereGraceIsSet: [
    { where: 'docker stop', key: '--timeout' },
    { where: 'docker run', key: '--stop-timeout' },
  ],
  whereSignalIsSet: [
    { where: 'Dockerfile', key: 'STOPSIGNAL' },
    { where: 'docker run', key: '--stop-signal' },
  ],
  sources: [
    { url: 'https://docs.docker.com/reference/cli/docker/container/stop/', checked: '2026-11-22' },
    { url: 'https://docs.docker.com/reference/dockerfile/#stopsignal', checked: '2026-11-22' },
  ],
  notes: [
    'The signal goes to process 1 of the container only; when that process ends, everything else in the container is killed.',
    'The default is 10 s for Linux containers.',
  ],
} as const satisfies Platform;
