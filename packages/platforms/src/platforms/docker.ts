import type { Platform } from '../platform.js';

export const docker = {
  id: 'docker',
  name: 'Docker',
  signal: 'SIGTERM',
  graceMs: 10_000,
  graceStarts: 'signal',
  trafficLagMs: 0,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  whereGraceIsSet: [
    { where: 'docker stop', key: '--timeout' },
    { where: 'docker run', key: '--stop-timeout' },
    { where: 'dockerd', key: 'default-stop-timeout' },
  ],
  whereSignalIsSet: [
    { where: 'Dockerfile', key: 'STOPSIGNAL' },
    { where: 'docker run', key: '--stop-signal' },
    { where: 'docker stop', key: '--signal' },
  ],
  sources: [
    {
      url: 'https://github.com/docker/cli/blob/master/docs/reference/commandline/container_stop.md',
      checked: '2026-11-22',
    },
    { url: 'https://docs.docker.com/reference/cli/docker/container/stop/', checked: '2026-11-22' },
    { url: 'https://docs.docker.com/reference/dockerfile/#stopsignal', checked: '2026-11-22' },
    { url: 'https://man7.org/linux/man-pages/man7/pid_namespaces.7.html', checked: '2026-11-22' },
  ],
  notes: [
    'The signal goes to process 1 of the container only; when that process ends, everything else in the container is killed.',
    'The default is 10 s for Linux containers and 30 s for Windows ones; --timeout -1 waits for ever, --timeout 0 kills at once.',
    'With --init, process 1 is a small init that passes the signal on.',
  ],
  unverified: {},
} as const satisfies Platform;
