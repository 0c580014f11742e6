import type { Platform } from '../platform.js';

export const fly = {
  id: 'fly',
  name: 'Fly.io',
  signal: 'SIGINT',
  graceMs: 5_000,
  maxGraceMs: 300_000,
  graceStarts: 'signal',
  trafficLagMs: 0,
  reaches: 'top-process',
  secondSignal: 'SIGTERM',
  isContainer: false,
  leftovers: 'killed',
  whereGraceIsSet: [{ where: 'fly.toml', key: 'kill_timeout' }],
  whereSignalIsSet: [{ where: 'fly.toml', key: 'kill_signal' }],
  sources: [
    { url: 'https://fly.io/docs/reference/configuration/#runtime-options', checked: '2026-11-22' },
    { url: 'https://fly.io/blog/graceful-vm-exits-some-dials/', checked: '2026-11-22' },
    {
      url: 'https://community.fly.io/t/fly-proxy-now-gracefully-terminates-websocket-connections-before-stopping-suspending-a-machine/27544',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'kill_timeout is best effort: a machine may get less time.',
    'After kill_timeout the reference lets SIGTERM follow "unconditionally", the blog a forced end.',
    'Where the proxy stops a machine by itself (auto_stop_machines), it sends no new requests to it for a brief period before the signal.',
  ],
  unverified: {
    signal:
      'The reference and the blog say SIGINT; the blueprint for long-running tasks says SIGTERM is the default.',
    trafficLagMs: 'Said of auto_stop_machines only; for deploys no page says when the proxy stops.',
    isContainer: "From memory: Fly.io's own init is process 1 and starts the entrypoint as its child.",
    leftovers: 'From memory: the machine stops when the main process has ended.',
  },
} as const satisfies Platform;
