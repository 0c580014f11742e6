import type { Platform } from '../platform.js';

export const systemd = {
  id: 'systemd',
  name: 'systemd',
  signal: 'SIGTERM',
  graceMs: 90_000,
  graceStarts: 'signal',
  trafficLagMs: 0,
  reaches: 'control-group',
  isContainer: false,
  leftovers: 'killed-at-grace-end',
  whereGraceIsSet: [
    { where: 'unit, [Service]', key: 'TimeoutStopSec' },
    { where: 'system.conf, [Manager]', key: 'DefaultTimeoutStopSec' },
  ],
  whereSignalIsSet: [
    { where: 'unit, [Service]', key: 'KillSignal' },
    { where: 'unit, [Service]', key: 'KillMode' },
  ],
  wherePreStopIsSet: [{ where: 'unit, [Service]', key: 'ExecStop' }],
  sources: [
    {
      url: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.kill.html',
      checked: '2026-11-22',
    },
    {
      url: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html',
      checked: '2026-11-22',
    },
    {
      url: 'https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html',
      checked: '2026-11-22',
    },
  ],
  notes: [
    'With KillMode=control-group, the default, every process of the service gets the signal itself; with mixed only the main process does, and all get SIGKILL; with process only the main process is signalled and killed.',
    'TimeoutStopSec is a time span such as "5min 20s", a bare number is seconds; infinity and 0 wait for ever.',
    'ExecStop runs before the signal and has a TimeoutStopSec of its own.',
    'SIGCONT follows the signal at once.',
    'Distributions may ship another DefaultTimeoutStopSec.',
  ],
  unverified: {},
} as const satisfies Platform;
