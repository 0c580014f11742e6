import { splitCommand } from '../split-command.js';

/** What a command says about the server it starts, without what only watches or debugs it. */
export type Start = { readonly env: Readonly<Record<string, string>> } & (
  | {
      readonly how: 'node';
      /** What loads TypeScript; absent: Node.js itself. */
      readonly loader?: 'tsx' | 'ts-node';
      readonly nodeOptions: readonly string[];
      /** As it is written there: perhaps without its extension, or a folder; `.` where nothing is. */
      readonly entry: string;
      readonly args: readonly string[];
    }
  | { readonly how: 'nest'; readonly app: string | undefined }
  | { readonly how: 'program'; readonly words: readonly [string, ...string[]]; readonly entry?: string }
);

type Variables = Readonly<Record<string, string>>;

/** Options of Node.js whose value is a word of its own. */
const nodeValued =
  /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--env-file-if-exists|--title|--watch-path)$/;
/** Options that watch or debug: what is simulated is the server alone. */
const development = /^(--watch|--inspect|--debug)/;
const sourceFile = /\.[cm]?[jt]sx?$/;

/** Reads the words of a command; undefined where they start nothing. */
export function readStart(words: readonly string[]): Start | undefined {
  const { env, rest } = withoutAssignments(words);
  const [first, ...others] = rest;
  if (first === undefined) return undefined;
  const program = nameOf(first);
  if (/^(exec|npx|pnpx|bunx)$/.test(program)) return withEnv(env, readStart(others));
  if (program === 'node' || program === 'nodejs') return withEnv(env, readNode(others));
  if (program === 'tsx') return withEnv(env, readTsx(others));
  if (/^(ts-node|ts-node-esm|ts-node-dev|tsnd)$/.test(program)) return withEnv(env, readTsNode(others));
  if (program === 'nodemon' || program === 'node-dev') return withEnv(env, readNodemon(others));
  if (program === 'nest' && others[0] === 'start')
    return { how: 'nest', app: others[1]?.startsWith('-') === true ? undefined : others[1], env };
  const entry = others.find((word) => sourceFile.test(word) && !word.startsWith('-'));
  return { how: 'program', words: [first, ...others], env, ...(entry === undefined ? {} : { entry }) };
}

function withEnv(env: Variables, start: Start | undefined): Start | undefined {
  return start === undefined ? undefined : { ...start, env: { ...env, ...start.env } };
}

function withoutAssignments(words: readonly string[]): { env: Variables; rest: readonly string[] } {
  const env: Record<string, string> = {};
  let index = 0;
  for (; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined) env[name] = value;
    else if (!/^(env|cross-env|cross-env-shell)$/.test(nameOf(word))) break;
  }
  return { env, rest: words.slice(index) };
}

function readNode(words: readonly string[], nodeOptions: readonly string[] = []): Start | undefined {
  const { options, rest } = takeOptions(words, nodeValued);
  const [entry = '.', ...args] = rest;
  // Scripts of a package, and programs given as text, have no file to run.
  if (options.some(([name]) => /^(--run|-e|--eval|-p|--print|--test)(=|$)/.test(name))) return undefined;
  const bin = /(?:^|\/)node_modules\/\.bin\/(.+)$/.exec(entry.replaceAll('\\', '/'))?.[1];
  if (bin !== undefined) return readStart([bin, ...args]);
  const kept = options.filter(([name]) => !development.test(name)).flat();
  const loads = [...nodeOptions, ...kept];
  const { loader, others } = toLoader(loads);
  return {
    how: 'node',
    nodeOptions: others,
    entry,
    args,
    env: {},
    ...(loader === undefined ? {} : { loader }),
  };
}

/** `--import tsx` and the like, apart from the other options: which way it is loaded is ours to say. */
function toLoader(options: readonly string[]): { loader: 'tsx' | 'ts-node' | undefined; others: string[] } {
  let loader: 'tsx' | 'ts-node' | undefined;
  const others: string[] = [];
  for (let index = 0; index < options.length; index += 1) {
    const option = options[index] ?? '';
    const isInline = /^--[\w-]+=/.test(option);
    const value = isInline ? option.slice(option.indexOf('=') + 1) : (options[index + 1] ?? '');
    const isLoad = /^(-r|--require|--import|--loader|--experimental-loader)(=|$)/.test(option);
    const found = !isLoad
      ? undefined
      : /^tsx(\/|$)/.test(value)
        ? 'tsx'
        : /^ts-node(\/|$)/.test(value)
          ? 'ts-node'
          : undefined;
    if (found === undefined) others.push(option);
    else {
      loader = found;
      if (!isInline) index += 1;
    }
  }
  return { loader, others };
}

function readTsx(words: readonly string[]): Start | undefined {
  const after = words[0] === 'watch' ? words.slice(1) : words;
  const { options, rest } = takeOptions(
    after,
    new RegExp(`${nodeValued.source}|^--(tsconfig|ignore|exclude|include)$`),
  );
  const [entry, ...args] = rest;
  if (entry === undefined) return undefined;
  const tsconfig = valueOf(options, /^--tsconfig$/);
  const nodeOptions = options.filter(
    ([name]) =>
      !development.test(name) &&
      !/^--(tsconfig|ignore|exclude|include|clear-screen|no-cache)(=|$)/.test(name),
  );
  const env = tsconfig === undefined ? {} : { TSX_TSCONFIG_PATH: tsconfig };
  return { how: 'node', loader: 'tsx', nodeOptions: nodeOptions.flat(), entry, args, env };
}

function readTsNode(words: readonly string[]): Start | undefined {
  const { options, rest } = takeOptions(
    words,
    /^(-r|--require|-P|--project|-O|--compiler-?[oO]ptions|--ignore|--watch|-C|--cwd)$/,
  );
  const [entry, ...args] = rest;
  if (entry === undefined) return undefined;
  const project = valueOf(options, /^(-P|--project)$/);
  const isFast = options.some(([name]) => /^(-T|--transpile-?only|--swc)$/i.test(name));
  return {
    how: 'node',
    loader: 'ts-node',
    nodeOptions: options.filter(([name]) => /^(-r|--require)(=|$)/.test(name)).flat(),
    entry,
    args,
    env: {
      ...(project === undefined ? {} : { TS_NODE_PROJECT: project }),
      ...(isFast ? { TS_NODE_TRANSPILE_ONLY: 'true' } : {}),
    },
  };
}

function readNodemon(words: readonly string[]): Start | undefined {
  const { options, rest } = takeOptions(
    words,
    new RegExp(
      `${nodeValued.source}|^(-w|--watch|-e|--ext|-x|--exec|-i|--ignore|-d|--delay|-s|--signal|--config)$`,
    ),
  );
  const exec = valueOf(options, /^(-x|--exec)$/);
  if (exec !== undefined) return readStart([...(splitCommand(exec) ?? []), ...rest]);
  const nodeOptions = options
    .filter(([name]) => /^(-r|--require|--import|--env-file)(=|$)/.test(name))
    .flat();
  const [entry] = rest;
  return entry !== undefined && /\.tsx?$/.test(entry)
    ? readTsNode(rest)
    : readNode(rest.length > 0 ? rest : ['.'], nodeOptions);
}

type Option = readonly [name: string] | readonly [name: string, value: string];

/** The options in front, each with its value; `--` ends them. */
function takeOptions(
  words: readonly string[],
  valued: RegExp,
): { options: Option[]; rest: readonly string[] } {
  const options: Option[] = [];
  let index = 0;
  while (index < words.length) {
    const word = words[index] ?? '';
    if (word === '--') {
      index += 1;
      break;
    }
    if (!word.startsWith('-')) break;
    const value = words[index + 1];
    const hasValue = valued.test(word) && value !== undefined;
    options.push(hasValue ? [word, value] : [word]);
    index += hasValue ? 2 : 1;
  }
  return { options, rest: words.slice(index) };
}

function valueOf(options: readonly Option[], name: RegExp): string | undefined {
  for (const [option, value] of options) {
    const [, before = option, inline] = /^(--[\w-]+)=(.*)$/s.exec(option) ?? [];
    if (name.test(before)) return inline ?? value;
  }
  return undefined;
}

/** `/usr/local/bin/node` and `node.exe` as `node`. */
export function nameOf(word: string): string {
  return word.replace(/^.*[\\/]/, '').replace(/\.(exe|cmd)$/i, '');
}
