/** A process of this machine. */
export interface ProcessRow {
  readonly pid: number;
  readonly parentPid: number;
}

/** The processes below some others, those included. */
export function processesBelow(roots: readonly number[], table: readonly ProcessRow[]): number[] {
  const below = new Set(roots.filter((pid) => table.some((row) => row.pid === pid)));
  // A parent may stand behind its child in the table.
  for (let size = -1; size !== below.size;) {
    size = below.size;
    for (const { pid, parentPid } of table) if (below.has(parentPid)) below.add(pid);
  }
  return [...below];
}

/** Whether a command line is one of Node.js, Bun or Deno. */
export function isRuntime(commandLine: string): boolean {
  return /^(\S*[\\/])?(node|nodejs|bun|deno)(\.exe)?(\s|$)/.test(commandLine);
}
