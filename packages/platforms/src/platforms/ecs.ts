import type { Platform } from '../platform.js';

export const ecs = {
  id: 'ecs',
  name: 'Amazon ECS',
  signal: 'SIGTERM',
  graceMs: 30_000,
  graceStarts: 'signal',
  trafficLagMs: 0,
  drainBeforeSignalMs: 300_000,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  whereGraceIsSet: [
    { where: 'task definition', key: 'containerDefinitions[].stopTimeout' },
    { where: 'container agent', key: 'ECS_CONTAINER_STOP_TIMEOUT' },
  ],
  whereSignalIsSet: [{ where: 'Dockerfile', key: 'STOPSIGNAL' }],
  whereDrainIsSet: [{ where: 'target group', key: 'deregistration_delay.timeout_seconds' }],
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html',
      checked: '2026-11-22',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html',
      checked: '2026-11-22',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-connection-draining.html',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'Behind a load balancer the task is deregistered first, and the signal waits until the target has drained, at most the deregistration delay; without one, and with StopTask, the signal comes at once.',
    'A stop is the equivalent of docker stop, with 30 s in place of 10 s.',
    'On EC2 no maximum of stopTimeout is documented.',
  ],
  unverified: {},
} as const satisfies Platform;
