import { scenarios, type Scenario } from '../scenarios/index.js';
import { wrap } from '../reporters/wrap.js';
import { flags, type Flag, type FlagGroup } from './flags.js';

/** The text of `--help`. */
export function helpText(): string {
  return `sigterm - does your server shut down gracefully?

  sigterm [options] -- <command> [arguments]     run a command and stop it
  sigterm [target…] [options]                    the targets of sigterm.config.*
  sigterm init                                   write one from package.json
  sigterm report <recording> [--reporter …]      show a saved recording again
  sigterm compare <before> <after>               exit 1 where it became worse
  sigterm completion bash|zsh|fish               completion for your shell

It starts the command, finds its port, keeps requests in flight, sends the
signal to the process as a platform would, and shows what became of each one.

  sigterm -- node server.js
  sigterm --platform kubernetes -- npm start
  sigterm --signal SIGINT --grace 5s -- node dist/main.js
  sigterm --requests 100 --hold 500ms -- node --import tsx src/server.ts
  sigterm --method POST --body '{"n":1}' --path /orders -- node server.js
  sigterm --path /slow -- ./my-go-server     any language: a path that takes 1 s
  sigterm --driver docker --path /slow -- my-image
  sigterm --driver kubernetes --url http://shop.example.com deployment/shop
  sigterm --repeat 5 --reporter html=report.html -- node server.js
  sigterm --save before.json -- node server.js

What to run, and how to talk to it:
${table(optionsOf('target'))}

What happens to it:
${table(optionsOf('signal'))}

What comes out:
${table(optionsOf('output'))}

Of the subcommands:
${table(optionsOf('subcommand'))}

Scenarios; those with a star are tried without --scenario:
${table(Object.entries<Omit<Scenario, 'id'>>(scenarios).map(([id, { about, isDefault }]) => ({ left: `${isDefault ? '*' : ' '} ${id}`, about })))}

Times have a unit: 500ms, 10s, 2m.

The command runs without a shell, in a process group of its own. The signal goes
to its top process, or to all of them where the platform does so, and everything
it has started is ended afterwards. On platforms with containers it is PID 1,
where Linux allows it. In Node targets responses are held for you, without a
change to the app. Anything else is a black box: name a path with --path that
takes a second or more. A request is sent several times: choose one that may be.

Exit code: 0 graceful, 1 not graceful, 2 could not be judged. Of several targets
all are run: 1 where one is not graceful, else 2 where one could not be judged.
Where a target cannot be judged the reporters say that, and why.
Linux and macOS. On Windows no signal can be judged; report, compare and init
work there too.
`;
}

interface Row {
  readonly left: string;
  readonly about: string;
}

function optionsOf(group: FlagGroup): Row[] {
  return Object.entries<Flag>(flags)
    .filter(([, flag]) => (flag.group ?? 'signal') === group)
    .map(([name, flag]) => ({
      left: `${flag.short === undefined ? '    ' : `-${flag.short}, `}--${name}${flag.value === undefined ? '' : ` ${flag.value}`}`,
      about: flag.about,
    }));
}

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ left }) => left.length));
  const margin = `\n${' '.repeat(width + 4)}`;
  return rows
    .map(({ left, about }) => `  ${left.padEnd(width)}  ${wrap(about, 76 - width).join(margin)}`)
    .join('\n');
}
