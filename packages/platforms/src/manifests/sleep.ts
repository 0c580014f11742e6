import { parseShell } from '../shape/shell-words.js';
import type { FactMs } from './fact.js';

const SECONDS = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** How long the command of a hook sleeps: `sleep 5`, `sh -c "sleep 5 && nginx -s quit"`. */
export function sleepOf(words: readonly string[]): { readonly ms: FactMs; readonly isAtLeast: boolean } {
  const [program = '', option, line] = words;
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (name === 'sleep') return { ms: sumOf(words.slice(1)), isAtLeast: false };
  if (!/^(ba|da|a)?sh$/.test(name) || !/^-\w*c$/.test(option ?? '') || line === undefined)
    return { ms: null, isAtLeast: false };
  const { commands, isSimple } = parseShell(line);
  // Only what is run for certain, and waited for, takes its time.
  const certain = commands.filter(({ before, after }) => ['', ';', '&&'].includes(before) && after !== '&');
  const sleeps = certain.filter(({ words: [first = ''] }) => /(^|\/)sleep$/.test(first));
  const times = sleeps.map((sleep) => (sleep.isComputed ? null : sumOf(sleep.words.slice(1))));
  if (!isSimple || times.length === 0 || times.includes(null)) return { ms: null, isAtLeast: false };
  const ms = times.reduce<number>((total, time) => total + (time ?? 0), 0);
  return { ms, isAtLeast: sleeps.length < commands.length };
}

function sumOf(times: readonly string[]): number | null {
  let total = 0;
  for (const time of times) {
    const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(time);
    if (match === null) return null;
    total += Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS] * 1_000;
  }
  return times.length === 0 ? null : total;
}
