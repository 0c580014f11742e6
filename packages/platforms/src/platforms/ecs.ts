import type { Platform } from '../platform.js';

export const ecs = {
  id: 'ecs',
  name: 'Amazon ECS',
  signal: 'SIGTERM',
  graceMs: 30_000,
  trafficLagMs: 0,
  whereGraceIsSet: [
    { where: 'task definition', key: 'containerDefinitions[].stopTimeout' },
    { where: 'container agent', key: 'ECS_CONTAINER_STOP_TIMEOUT' },
  ],
  whereSignalIsSet: [{ where: 'Dockerfile', key: 'STOPSIGNAL' }],
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html',
      checked: '2026-11-22',
    },
  ],
  notes: ['On Fargate stopTimeout may be 120 s at most; on EC2 no maximum is documented.'],
} as const satisfies Platform;
