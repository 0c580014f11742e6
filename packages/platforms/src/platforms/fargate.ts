import type { Platform } from '../platform.js';

export const fargate = {
  id: 'fargate',
  name: 'AWS Fargate',
  signal: 'SIGTERM',
  graceMs: 30_000,
  maxGraceMs: 120_000,
  graceStarts: 'signal',
  trafficLagMs: 0,
  drainBeforeSignalMs: 300_000,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  whereGraceIsSet: [{ where: 'task definition', key: 'containerDefinitions[].stopTimeout' }],
  whereSignalIsSet: [{ where: 'Dockerfile', key: 'STOPSIGNAL' }],
  whereDrainIsSet: [{ where: 'target group', key: 'deregistration_delay.timeout_seconds' }],
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html',
      checked: '2026-11-22',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-connection-draining.html',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'Behind a load balancer the task is deregistered first, and the signal waits until the target has drained, at most the deregistration delay; without one, and with StopTask, the signal comes at once.',
    'stopTimeout needs platform version 1.3.0 or later on Linux.',
  ],
  unverified: {},
} as const satisfies Platform;
