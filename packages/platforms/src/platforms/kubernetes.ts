import type { Platform } from '../platform.js';

export const kubernetes = {
  id: 'kubernetes',
  name: 'Kubernetes',
  signal: 'SIGTERM',
  graceMs: 30_000,
  graceStarts: 'pre-stop',
  overrunMs: 2_000,
  // The endpoint is removed in parallel with the signal; proxies and ingresses follow seconds later.
  trafficLagMs: 20_000,
  reaches: 'top-process',
  isContainer: true,
  leftovers: 'killed',
  readiness: {
    periodMs: 10_000,
    failures: 3,
    whereSet: [
      { where: 'pod spec', key: 'containers[].readinessProbe.periodSeconds' },
      { where: 'pod spec', key: 'containers[].readinessProbe.failureThreshold' },
    ],
  },
  whereGraceIsSet: [
    { where: 'pod spec', key: 'terminationGracePeriodSeconds' },
    { where: 'kubectl delete', key: '--grace-period' },
  ],
  whereSignalIsSet: [
    { where: 'Dockerfile', key: 'STOPSIGNAL' },
    { where: 'pod spec', key: 'containers[].lifecycle.stopSignal' },
  ],
  wherePreStopIsSet: [{ where: 'pod spec', key: 'containers[].lifecycle.preStop' }],
  sources: [
    {
      url: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
      checked: '2026-11-22',
    },
    {
      url: 'https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/',
      checked: '2026-11-22',
    },
    {
      url: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
      checked: '2026-11-22',
    },
    {
      url: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/kuberuntime/kuberuntime_container.go',
      checked: '2026-11-22',
    },
    {
      url: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'The clock starts with the preStop hook, not with the signal: what preStop takes is gone from the grace period.',
    'Whatever preStop takes, the process has at least 2 s between the signal and SIGKILL.',
    'The pod leaves the endpoints in parallel with the signal, so new requests keep arriving for some seconds after it; its endpoint is not ready from then on, whatever the readiness probe says.',
    'lifecycle.stopSignal needs the feature gate ContainerStopSignals and spec.os.name.',
    'A grace period of 0 deletes the pod at once and runs no preStop hook.',
  ],
  unverified: {
    trafficLagMs:
      'The documentation says only that removal and signal go in parallel; 5 to 20 s is what operators wait in practice.',
  },
} as const satisfies Platform;
