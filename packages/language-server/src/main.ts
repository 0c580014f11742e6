// The command `graceful-shutdown-language-server`: a process of its own, started by an editor.
import { helpText, parseCommandLine } from './command-line.js';
import { version } from './version.js';

const invocation = parseCommandLine(process.argv.slice(2));
switch (invocation.kind) {
  case 'serve':
    void import('./server.js');
    break;
  case 'help':
    process.stdout.write(helpText);
    break;
  case 'version':
    process.stdout.write(`${version}\n`);
    break;
  case 'mistake':
    process.stderr.write(
      `graceful-shutdown-language-server: ${invocation.message}\nTry graceful-shutdown-language-server --help\n`,
    );
    process.exitCode = 2;
}
