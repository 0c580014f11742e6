// Runs the benchmarks that are named, else all: `pnpm bench drain typing`.
import { benchDrain } from './drain.ts';
import { activation, size, typing } from './editor.mjs';
import { benchLint } from './lint.ts';
import { benchSimulate } from './simulate.ts';

const benchmarks = { lint: benchLint, drain: benchDrain, simulate: benchSimulate, size, typing, activation };

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  console.error(
    `No such benchmark: ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exit(2);
}
for (const [name, run] of Object.entries(benchmarks))
  if (names.length === 0 || names.includes(name)) await run();
console.log();
