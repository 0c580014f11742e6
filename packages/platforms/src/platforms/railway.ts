import type { Platform } from '../platform.js';

export const railway = {
  id: 'railway',
  name: 'Railway',
  signal: 'SIGTERM',
  graceMs: 0,
  graceStarts: 'signal',
  trafficLagMs: 0,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  whereGraceIsSet: [
    { where: 'railway.json', key: 'deploy.drainingSeconds' },
    { where: 'service variable', key: 'RAILWAY_DEPLOYMENT_DRAINING_SECONDS' },
  ],
  whereSignalIsSet: [],
  whereDrainIsSet: [
    { where: 'railway.json', key: 'deploy.overlapSeconds' },
    { where: 'service variable', key: 'RAILWAY_DEPLOYMENT_OVERLAP_SECONDS' },
  ],
  sources: [
    { url: 'https://docs.railway.com/deployments/reference', checked: '2026-11-22' },
    { url: 'https://docs.railway.com/deployments/deployment-teardown', checked: '2026-11-22' },
    { url: 'https://docs.railway.com/config-as-code/reference#deployment-teardown', checked: '2026-11-22' },
    {
      url: 'https://docs.railway.com/deployments/troubleshooting/nodejs-sigterm-handling',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'By default SIGKILL follows SIGTERM at once: without drainingSeconds no server can drain.',
    'npm, yarn or pnpm as the start command takes the signal; start node itself.',
    'The reference writes drainingSeconds as a string; railwayapp/docs#1243 reports that only a number is accepted.',
  ],
  unverified: {
    trafficLagMs:
      'The old deployment is signalled once the new one is active; no page says what is on its way then.',
    isContainer: 'From the model of a container image.',
    leftovers: 'From the model of a container image.',
  },
} as const satisfies Platform;
