import type { Platform } from '../platform.js';

export const kubernetes = {
  id: 'kubernetes',
  name: 'Kubernetes',
  signal: 'SIGTERM',
  graceMs: 30_000,
  // The endpoint is removed in parallel with the signal; proxies and ingresses follow seconds later.
  trafficLagMs: 20_000,
  whereGraceIsSet: [{ where: 'pod spec', key: 'terminationGracePeriodSeconds' }],
  whereSignalIsSet: [{ where: 'Dockerfile', key: 'STOPSIGNAL' }],
  sources: [
    {
      url: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
      checked: '2026-11-22',
    },
    {
      url: 'https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'The clock starts with the preStop hook, not with the signal: what preStop takes is gone from the grace period.',
    'If preStop overruns the grace period, the pod gets 2 s more, once.',
    'The pod leaves the endpoints in parallel with the signal, so new requests keep arriving for some seconds after it.',
  ],
} as const satisfies Platform;
