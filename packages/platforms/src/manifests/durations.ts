const goUnits: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// systemd.time(7); `m` is a minute and `M` a month.
const systemdUnits = new Map(
  Object.entries({
    1e-3: ['usec', 'us', 'µs', 'μs'],
    1: ['msec', 'ms'],
    1000: ['seconds', 'second', 'sec', 's', ''],
    [MINUTE]: ['minutes', 'minute', 'min', 'm'],
    [HOUR]: ['hours', 'hour', 'hr', 'h'],
    [DAY]: ['days', 'day', 'd'],
    [7 * DAY]: ['weeks', 'week', 'w'],
    [30.44 * DAY]: ['months', 'month', 'M'],
    [365.25 * DAY]: ['years', 'year', 'y'],
  }).flatMap(([ms, units]) => units.map((unit) => [unit, Number(ms)] as const)),
);

/** Milliseconds of a duration as Go writes it (`1m30s`), or `null` where it is none; a bare number has no unit. */
export function goDurationMs(text: string): number | null {
  if (text.trim() === '0') return 0;
  return sumOf(text.trim(), /^(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/, (unit) => goUnits[unit]);
}

/** Milliseconds of a time span as systemd writes it (`1min 30s`, `90`, `infinity`), or `null` where it is none. */
export function systemdSpanMs(text: string): number | null {
  if (text.trim() === 'infinity') return Infinity;
  return sumOf(text.trim(), /^(\d+\.?\d*|\.\d+)[ \t]*([a-zA-Zµμ]*)[ \t]*/, (unit) => systemdUnits.get(unit));
}

function sumOf(text: string, part: RegExp, unitMs: (unit: string) => number | undefined): number | null {
  let rest = text;
  let total = 0;
  while (rest !== '') {
    const match = part.exec(rest);
    const factor = match?.[2] === undefined ? undefined : unitMs(match[2]);
    if (match === null || factor === undefined) return null;
    total += Number(match[1]) * factor;
    rest = rest.slice(match[0].length);
  }
  return text === '' || !Number.isFinite(total) ? null : total;
}
