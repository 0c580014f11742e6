import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toText } from './print.js';
import { runCorpus } from './run-corpus.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    labels: { type: 'string' },
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;

if (folder === undefined || positionals.length > 1) {
  console.error('usage: pnpm corpus <folder with clones> [--labels file] [--all] [--only name] [--json]');
  process.exitCode = 2;
} else {
  const result = await runCorpus({ folder: resolve(folder), ...values });
  console.log(values.json ? JSON.stringify(result, null, 2) : toText(result));
  process.exitCode = result.crashes.length > 0 ? 1 : 0;
}
