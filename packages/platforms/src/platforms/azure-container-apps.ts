import type { Platform } from '../platform.js';

export const azureContainerApps = {
  id: 'azure-container-apps',
  name: 'Azure Container Apps',
  signal: 'SIGTERM',
  graceMs: 30_000,
  maxGraceMs: 600_000,
  graceStarts: 'signal',
  trafficLagMs: 5_000,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  whereGraceIsSet: [{ where: 'container app template', key: 'template.terminationGracePeriodSeconds' }],
  whereSignalIsSet: [{ where: 'Dockerfile', key: 'STOPSIGNAL' }],
  sources: [
    {
      url: 'https://learn.microsoft.com/azure/container-apps/application-lifecycle-management',
      checked: '2026-11-22',
    },
    {
      url: 'https://learn.microsoft.com/dotnet/api/azure.resourcemanager.appcontainers.models.containerapptemplate.terminationgraceperiodseconds',
      checked: '2026-11-22',
    },
    {
      url: 'https://learn.microsoft.com/dotnet/api/azure.resourcemanager.appcontainers.models.managedenvironmentingressconfiguration.terminationgraceperiodseconds',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'A grace period of 0 kills at once.',
    'The ingress of the environment has a setting of the same name for its own connections: 480 s by default, 3600 s at most.',
  ],
  unverified: {
    maxGraceMs: 'From memory: the API refuses more than 600 s.',
    trafficLagMs: 'No page says when the ingress stops; 5 s is our own choice.',
    reaches: 'The page says "to your container"; taken as its entrypoint.',
    isContainer: 'From the model of a container image.',
    leftovers: 'From the model of a container image.',
    whereSignalIsSet: 'From memory: the runtime underneath respects STOPSIGNAL.',
  },
} as const satisfies Platform;
