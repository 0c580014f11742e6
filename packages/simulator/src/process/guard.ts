// Runs as a process of its own beside the simulator. Its standard input is a pipe that only the simulator holds: when
// that closes without the word "done", the simulator is dead, however it died, and the tree of the target is killed.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ProcessTree } from './process-tree.js';

let tree: ProcessTree | undefined;
let directory: string | undefined;
let undo: readonly string[] = [];
let done = false;

// Whoever ends a whole editor, or all that runs from a folder, ends the simulator too: that is when we are needed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [word, ...rest] = line.split(' ');
  if (word === 'done') done = true;
  else if (word === 'directory') directory = rest.join(' ');
  else if (word === 'undo') undo = JSON.parse(rest.join(' ')) as string[];
  else if (word === 'expect' && rest[0] !== undefined) tree = new ProcessTree(undefined, rest[0]);
  else if (word === 'watch' && rest[0] !== undefined && rest[1] !== undefined) {
    tree = new ProcessTree(Number(rest[0]), rest[1], rest.slice(2).join(' '));
  } else if (word === 'scan') tree?.scan();
});
lines.on('close', () => {
  if (done) return;
  // The tree first: its death frees what the directory holds.
  void (tree?.kill(30_000) ?? Promise.resolve()).then(() => {
    const [program, ...args] = undo;
    // An engine that does not answer is not waited for without end.
    if (program !== undefined)
      execFile(program, args, { timeout: 60_000, killSignal: 'SIGKILL' }).on('error', () => undefined);
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  });
});
