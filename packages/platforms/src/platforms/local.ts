import type { Platform } from '../platform.js';

export const local = {
  id: 'local',
  name: 'a process on this host',
  signal: 'SIGTERM',
  graceMs: 10_000,
  graceStarts: 'signal',
  trafficLagMs: 0,
  reaches: 'top-process',
  isContainer: false,
  leftovers: 'left',
  whereGraceIsSet: [],
  whereSignalIsSet: [],
  sources: [
    { url: 'https://man7.org/linux/man-pages/man7/signal.7.html', checked: '2026-11-22' },
    { url: 'https://man7.org/linux/man-pages/man1/kill.1.html', checked: '2026-11-22' },
  ],
  notes: [
    'No platform at all: `kill` sends SIGTERM to the one process it names, and never SIGKILL by itself; the 10 s are our own choice.',
    'Ctrl-C sends SIGINT to every process of the foreground group of the terminal, so a wrapper and the server both get it.',
    'What the top process leaves behind lives on as an orphan.',
  ],
  unverified: {
    graceMs: "Our own choice: Docker's.",
  },
} as const satisfies Platform;
