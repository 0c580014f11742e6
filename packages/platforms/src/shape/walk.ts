import { parseShell, type ShellCommand } from './shell-words.js';
import type { PathStep, ShellKind, SignalPath, SignalPathWhy } from './signal-path.js';
import { isNodeScriptRun, packageCommand, type PackageFacts } from './package-scripts.js';
import { doesOf, wrappers } from './wrappers.js';

/** A path with the words that would start the same server best. */
export interface Walk extends SignalPath {
  /** `null` where the server's own words cannot be told. */
  readonly best: readonly string[] | null;
}

interface Context {
  readonly shell: ShellKind;
  readonly facts: PackageFacts;
  readonly depth: number;
}

/** The same path with something else about it. */
function changed(path: Walk, changes: Partial<Walk>): Walk {
  return Object.assign({}, path, changes);
}

/** Whether a program runs a server itself, so that a signal to it is a signal to the server. */
function isRuntime(program: string, words: readonly string[]): boolean {
  if (/^(node|nodejs|ts-node)$/.test(program)) return true;
  // `bun run start` and `deno task start` run a script of the package.json or deno.json instead.
  const named = words.slice(1).find((word) => !word.startsWith('-') && word !== 'run' && word !== 'serve');
  return /^(bun|deno)$/.test(program) && /\.[cm]?[jt]sx?$/.test(named ?? '');
}

/** Follows a command from its top process down to the server. */
export function walk(words: readonly string[], context: Context): Walk {
  const program = nameOf(words[0] ?? '');
  if (context.depth > 12) return unknown(program, 'line-unknown');
  const below = { ...context, depth: context.depth + 1 };
  const shell = shellOf(words, context.shell);
  if (shell !== null) return walkLine(shell.line, program, shell.kind, below);
  const bin = program === 'node' ? localBin(words) : null;
  if (bin !== null) return walk(bin, below);
  if (isNodeScriptRun(program, words)) return walkPackage(program, words, below);
  if (isRuntime(program, words)) return serves(program, words);
  const packaged = packageCommand(program, words, context.facts);
  if (packaged !== null) return walkPackage(program, words, below);
  return walkWrapper(program, words, below);
}

function walkWrapper(program: string, words: readonly string[], context: Context): Walk {
  const wrapper = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined;
  if (wrapper === undefined) return unknown(program, 'program-unknown');
  const does = doesOf(program, wrapper, words);
  const step: PathStep = {
    program,
    does,
    ...(wrapper.sends === undefined ? {} : { sends: wrapper.sends }),
    ...(wrapper.killsAfterMs === undefined ? {} : { killsAfterMs: wrapper.killsAfterMs }),
  };
  if (wrapper.commandAt === undefined) {
    // `--exec` and the like start something else than the program's own way of running a server.
    if (words.some((word) => /^(-x|--exec)(=|$)/.test(word))) return unknown(program, 'program-unknown');
    return does === 'drops'
      ? { reaches: 'no', waits: 'no', via: [step], why: 'wrapper-drops', instead: null, best: null }
      : { reaches: 'yes', waits: 'yes', via: [step], why: 'passed-on', instead: null, best: words };
  }
  const at = wrapper.commandAt(words);
  if (at >= words.length) return unknown(program, 'program-unknown');
  const inner = walk(words.slice(at), context);
  const best = inner.best === null ? null : [...words.slice(0, at), ...inner.best];
  return passOn(step, inner, best);
}

/** What becomes of a path when a process that passes signals on stands in front of it. */
function passOn(step: PathStep, inner: Walk, best: Walk['best']): Walk {
  const via = [step, ...inner.via];
  if (step.does === 'drops')
    return changed(inner, { reaches: 'no', waits: 'no', via, why: 'wrapper-drops', best });
  if (step.does === 'ends-first' && inner.reaches === 'yes')
    return changed(inner, { waits: 'no', via, why: 'ends-first', best });
  // What is below gets the signal itself; but what stands right below may die of it and take all along.
  if (step.does === 'passes-to-group' && inner.reaches === 'no')
    return changed(inner, { reaches: 'yes', waits: 'no', via, why: 'ends-first', best });
  const why = inner.why === 'direct' && step.does !== 'replaces' ? 'passed-on' : inner.why;
  return changed(inner, { via, why, best });
}

function walkPackage(program: string, words: readonly string[], context: Context): Walk {
  const command = packageCommand(program, words, context.facts);
  if (command === null) return unknown(program, 'script-unknown');
  if (command.line === null) return unknown(program, command.why);
  // Package managers run a script through `sh -c`, whatever it is.
  const inner = walkLine(command.line, 'sh', context.shell, context);
  const step: PathStep = { program, does: command.does };
  if (command.does === 'unknown') {
    const via = [step, ...inner.via];
    // Every pnpm that was measured passes the signal to a script that is the server itself.
    if (program === 'pnpm' && inner.reaches === 'yes') return changed(inner, { via });
    return changed(inner, { reaches: 'unknown', waits: 'unknown', via, why: 'version-unknown' });
  }
  if (command.does === 'passes-to-tree')
    return changed(inner, {
      reaches: 'yes',
      waits: 'yes',
      via: [step, ...inner.via],
      why: 'passed-on',
      best: words,
    });
  return passOn(step, inner, inner.best);
}

function walkLine(line: string, program: string, kind: ShellKind, context: Context): Walk {
  const { commands, isSimple } = parseShell(line);
  const found = isSimple ? findServer(commands, context) : null;
  if (found === null) return unknown(program, 'line-unknown');
  const { command, inner, isExec } = found;
  const stays = (why: SignalPathWhy): Walk =>
    changed(inner, {
      reaches: 'no',
      waits: 'no',
      via: [{ program, does: 'drops' }, ...inner.via],
      why,
      best: bestOf(line, commands, command, inner),
    });
  if (command.after === '&') return stays('background');
  if (isExec && command.before !== '|' && command.after !== '|')
    return changed(inner, {
      via: [{ program, does: 'replaces' }, ...inner.via],
      best: bestOf(line, commands, command, inner),
    });
  const isLast = command === commands.at(-1) && command.before !== '|';
  // Measured: dash never replaces itself, BusyBox does with the last command, bash too unless it is redirected.
  const replaces = isLast && (kind === 'busybox' || (kind === 'bash' && !command.hasRedirection));
  if (replaces)
    return changed(inner, {
      via: [{ program, does: 'replaces' }, ...inner.via],
      best: bestOf(line, commands, command, inner),
    });
  if (kind === 'unknown' && isLast)
    return changed(stays('shell-unknown'), {
      reaches: inner.reaches === 'no' ? 'no' : 'unknown',
      waits: 'unknown',
    });
  return stays('shell-stays');
}

/** Commands that end by themselves, or only read what a server prints. */
const noServers = new Set(
  ': true false echo printf exit wait sleep kill cd test [ rm mkdir export set'.split(' '),
);

/** The command that runs the server: the last one that may. */
function findServer(
  commands: readonly ShellCommand[],
  context: Context,
): { command: ShellCommand; inner: Walk; isExec: boolean } | null {
  if (commands.some(({ words: [first] }) => first === 'trap')) return null;
  const command = commands.findLast(
    ({ words: [first], before }) => first !== undefined && before !== '|' && !noServers.has(first),
  );
  if (command === undefined) return null;
  const isExec = command.words[0] === 'exec';
  return { command, inner: walk(command.words.slice(isExec ? 1 : 0), context), isExec };
}

function bestOf(
  line: string,
  commands: readonly ShellCommand[],
  command: ShellCommand,
  inner: Walk,
): Walk['best'] {
  if (inner.best === null || command.isComputed || command.after === '&' || command.before === '|')
    return null;
  const { assignments } = command;
  if (commands.length === 1 && !command.hasRedirection)
    return assignments.length === 0 ? inner.best : ['env', ...assignments, ...inner.best];
  if (command !== commands.at(-1) || command.hasRedirection) return null;
  const before = line.slice(0, command.start);
  return ['sh', '-c', `${before}exec ${inner.best.map(quoted).join(' ')}`];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function serves(program: string, words: readonly string[]): Walk {
  const via = [{ program, does: 'serves' as const }];
  // `node --watch` runs the server in a child, passes signals on and waits.
  const why = words.some((word) => word.startsWith('--watch')) ? 'passed-on' : 'direct';
  return { reaches: 'yes', waits: 'yes', via, why, instead: null, best: words };
}

function unknown(program: string, why: SignalPathWhy): Walk {
  const via = [{ program, does: 'unknown' as const }];
  return { reaches: 'unknown', waits: 'unknown', via, why, instead: null, best: null };
}

/** `/usr/local/bin/node` as `node`. */
export function nameOf(word: string): string {
  return word.replace(/^.*[\\/]/, '').replace(/\.(exe|cmd)$/i, '');
}

/** `node node_modules/.bin/tsx server.ts` as `tsx server.ts`. */
function localBin(words: readonly string[]): readonly string[] | null {
  const at = words.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  return at === 1 && /(^|\/)node_modules\/\.bin\//.test(words[1] ?? '') ? words.slice(1) : null;
}

function shellOf(words: readonly string[], sh: ShellKind): { line: string; kind: ShellKind } | null {
  const isBusybox = nameOf(words[0] ?? '') === 'busybox';
  const [program = '', ...rest] = isBusybox ? words.slice(1) : words;
  const kinds: Record<string, ShellKind> = { sh, bash: 'bash', dash: 'dash', ash: 'busybox' };
  const name = nameOf(program);
  const kind = isBusybox && name === 'sh' ? 'busybox' : Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  const option = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
  const line = rest[option + 1];
  const isPlain = rest.slice(0, Math.max(0, option)).every((word) => /^-/.test(word));
  return kind === undefined || option === -1 || line === undefined || !isPlain ? null : { line, kind };
}
