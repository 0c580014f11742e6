import type { Platform } from '../platform.js';

export const nomad = {
  id: 'nomad',
  name: 'Nomad',
  signal: 'SIGINT',
  graceMs: 5_000,
  maxGraceMs: 30_000,
  graceStarts: 'signal',
  trafficLagMs: 5_000,
  reaches: 'top-process',
  isContainer: false,
  leftovers: 'killed',
  whereGraceIsSet: [
    { where: 'job, task block', key: 'kill_timeout' },
    { where: 'client configuration', key: 'max_kill_timeout' },
  ],
  whereSignalIsSet: [{ where: 'job, task block', key: 'kill_signal' }],
  whereDrainIsSet: [
    { where: 'job, task block', key: 'shutdown_delay' },
    { where: 'job, group block', key: 'shutdown_delay' },
  ],
  sources: [
    { url: 'https://developer.hashicorp.com/nomad/docs/job-specification/task', checked: '2026-11-22' },
    { url: 'https://developer.hashicorp.com/nomad/docs/job-declare/exit-signals', checked: '2026-11-22' },
    { url: 'https://developer.hashicorp.com/nomad/docs/configuration/client', checked: '2026-11-22' },
  ],
  notes: [
    'SIGINT is the default of the drivers exec, raw_exec and java; the docker driver stops like docker, with SIGTERM or the STOPSIGNAL of the image.',
    'kill_timeout is capped by max_kill_timeout of the client, 30 s by default.',
    'shutdown_delay waits between the removal from Consul and the signal; it is 0 s by default, so that clients learn of the removal after the signal.',
  ],
  unverified: {
    trafficLagMs: 'No page says how long clients go on; 5 s is our own choice.',
    isContainer: 'Depends on the driver; modelled on raw_exec, from memory.',
    leftovers: 'From memory: the executor kills the group of the task once it has ended.',
  },
} as const satisfies Platform;
