import { basename, join, resolve } from 'node:path';
import { findSignalPath } from 'graceful-shutdown-platforms';
import { splitCommand } from '../split-command.js';
import type { Translate } from '../translate.js';
import { readStart, type Start } from './start-words.js';
import type { Target } from './target.js';
import { toFound, type Found, type NodeProgram, type Unfound } from './to-target.js';

/** A target, or what was meant to be one and why it cannot be run. */
export type Candidate = Omit<Target, 'command'> &
  ({ readonly command: Target['command'] } | Pick<Unfound, 'why' | 'isUnbuilt'>);

/** Scripts that start a server, by their name; what is deployed goes before what is developed with. */
const names = [/^start$/, /^start[:.-]/, /^(serve|server)([:.-]|$)/, /^(dev|develop|watch)([:.-]|$)/];
const otherwise = /test|e2e|lint|build|docs|storybook|client|web$|frontend|debug/i;
/** Programs that start something else than one server. */
const noServers =
  /^(concurrently|run-p|run-s|npm-run-all2?|turbo|nx|lerna|vite|webpack|webpack-dev-server|tsc|tsup|rollup|esbuild|react-scripts|ng|vue-cli-service|parcel|wait-on|docker|docker-compose|cd|echo|rm|npm|pnpm|yarn)$/;

/** The servers that the scripts of a package start. */
export function scriptTargets(
  folder: string,
  packageJson: string,
  node: NodeProgram,
  t: Translate,
): Candidate[] {
  return scriptsOf(packageJson).flatMap(([name, line]) => {
    const start = startOf(name, line, packageJson);
    if (start === undefined) return [];
    const cwd = resolve(folder, start.folder);
    const found = toFound(start.start, cwd, node, t);
    return found === undefined
      ? []
      : [
          toCandidate(
            {
              id: `script:${join(folder, 'package.json')}#${name}`,
              name: `${basename(folder)}: ${name}`,
              kind: 'script',
              cwd,
              declared: { file: join(folder, 'package.json'), name },
            },
            found,
          ),
        ];
  });
}

/** Puts what a target is together with how it is started. */
export function toCandidate(
  what: Pick<Target, 'id' | 'name' | 'kind' | 'cwd' | 'declared'>,
  found: Found,
): Candidate {
  return { ...what, ...found };
}

function scriptsOf(packageJson: string): [name: string, line: string][] {
  let scripts: unknown;
  try {
    scripts = (JSON.parse(packageJson) as { scripts?: unknown }).scripts;
  } catch {
    return [];
  }
  const all = Object.entries(typeof scripts === 'object' && scripts !== null ? scripts : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !otherwise.test(entry[0]),
  );
  return names.flatMap((pattern) => all.filter(([name]) => pattern.test(name)));
}

/** The command of the server itself: what package managers, shells and wrappers have in front of it is left out. */
function startOf(
  name: string,
  line: string,
  packageJson: string,
): { start: Start; folder: string } | undefined {
  const direct = findSignalPath(['npm', 'run', name], { packageJson, shell: 'dash' }).instead ?? undefined;
  const isSimple = !/[&|;<>()`*?]|\$[{(\w]/.test(line);
  const words = direct ?? (isSimple ? splitCommand(line) : undefined);
  if (words === undefined) return undefined;
  const inShell = words[0] === 'sh' && words[1] === '-c' ? words[2] : undefined;
  const start = readStart(
    inShell === undefined ? words : (splitCommand(inShell.replace(/^.*\bexec /s, '')) ?? []),
  );
  if (start === undefined || (start.how === 'program' && noServers.test(basename(start.words[0]))))
    return undefined;
  const [, folder = '.'] = /^\s*cd\s+([\w@./-]+)\s*&&/.exec(inShell ?? line) ?? [];
  return { start, folder };
}
