import type { Platform } from '../platform.js';

export const pm2 = {
  id: 'pm2',
  name: 'PM2',
  signal: 'SIGINT',
  graceMs: 1_600,
  graceStarts: 'signal',
  trafficLagMs: 0,
  reaches: 'process-tree',
  isContainer: false,
  leftovers: 'killed-at-grace-end',
  whereGraceIsSet: [
    { where: 'ecosystem file', key: 'kill_timeout' },
    { where: 'pm2 start', key: '--kill-timeout' },
    { where: 'environment of the daemon', key: 'PM2_KILL_TIMEOUT' },
  ],
  whereSignalIsSet: [{ where: 'environment of the daemon', key: 'PM2_KILL_SIGNAL' }],
  sources: [
    { url: 'https://github.com/Unitech/pm2/blob/master/constants.js', checked: '2026-11-22' },
    { url: 'https://github.com/Unitech/pm2/blob/master/lib/God/Methods.js', checked: '2026-11-22' },
    { url: 'https://github.com/Unitech/pm2/blob/master/lib/TreeKill.js', checked: '2026-11-22' },
    { url: 'https://github.com/Unitech/pm2/blob/master/lib/API/schema.json', checked: '2026-11-22' },
  ],
  notes: [
    'The signal goes to the whole tree of processes, the deepest first; with treekill: false to the top process only.',
    'With shutdown_with_message the process gets the message "shutdown" instead of a signal.',
    'kill_timeout is in milliseconds.',
  ],
  unverified: {},
} as const satisfies Platform;
