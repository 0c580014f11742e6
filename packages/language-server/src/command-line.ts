/** What a command line asks for. */
export type Invocation =
  | { readonly kind: 'serve' }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'mistake'; readonly message: string };

/** How the server can be reached; `vscode-languageserver` reads the same words from the command line. */
const TRANSPORT = /^--(?:stdio|node-ipc|(?:socket|pipe)=.+)$/;

/** What editors add by themselves: the process that must be alive for the server to stay. */
const CLIENT_PROCESS = /^--clientProcessId=\d+$/;

export const helpText = `Usage: graceful-shutdown-language-server --stdio

A language server that finds servers which drop requests when they are stopped. An editor starts it.

  --stdio                speak over standard input and output
  --socket=<port>        connect to the editor's port
  --pipe=<path>          connect to the editor's named pipe
  --node-ipc             speak over the channel of a forked Node.js process
  --clientProcessId=<n>  end when this process ends
  --help                 show this
  --version              show the version
`;

/** Reads the arguments after the script's name. */
export function parseCommandLine(argv: readonly string[]): Invocation {
  if (argv.includes('--help') || argv.includes('-h')) return { kind: 'help' };
  if (argv.includes('--version') || argv.includes('-v')) return { kind: 'version' };
  const unknown = argv.find((word) => !TRANSPORT.test(word) && !CLIENT_PROCESS.test(word));
  if (unknown !== undefined) return { kind: 'mistake', message: `unknown argument: ${unknown}` };
  if (!argv.some((word) => TRANSPORT.test(word)))
    return { kind: 'mistake', message: 'it is not said how an editor reaches the server; most want --stdio' };
  return { kind: 'serve' };
}
