import type { Platform } from '../platform.js';

export const cloudFoundry = {
  id: 'cloud-foundry',
  name: 'Cloud Foundry',
  signal: 'SIGTERM',
  graceMs: 10_000,
  isGraceFixed: true,
  graceStarts: 'signal',
  trafficLagMs: 2_000,
  reaches: 'top-process',
  isContainer: false,
  leftovers: 'killed',
  whereGraceIsSet: [
    { where: 'BOSH property of the operator', key: 'containers.graceful_shutdown_interval_in_seconds' },
  ],
  whereSignalIsSet: [],
  sources: [
    {
      url: 'https://docs.cloudfoundry.org/devguide/deploy-apps/app-lifecycle.html#shutdown',
      checked: '2026-11-22',
    },
    { url: 'https://github.com/cloudfoundry/diego-release/issues/711', checked: '2026-11-22' },
  ],
  notes: [
    'The grace period is the same for all apps of a foundation; only its operator can change it.',
    'The route is removed while the signal is already on its way, so new requests arrive for a moment after it (cloudfoundry/diego-release#711).',
  ],
  unverified: {
    trafficLagMs: 'The thread shows that requests arrive, not for how long; 2 s is our own choice.',
    isContainer: "From memory: the container's own init is process 1 and starts the app as its child.",
    leftovers: 'From memory: the container is destroyed once the app has ended.',
  },
} as const satisfies Platform;
