import { clusterErrors, type ClusterErrorArgs } from './cluster-errors.js';
import { count, duration, ended, type Words } from './format.js';

/** Why a run could not be judged, with what the sentence needs. A code is never given another meaning. */
export interface ErrorArgs extends ClusterErrorArgs {
  'no-command': Record<never, never>;
  'bad-usage': { detail: string };
  'bad-option': { option: string; value: string; expected: string };
  'bad-request': { detail: string };
  'unknown-platform': { platform: string; known: string[] };
  'unknown-reporter': { reporter: string; known: string[] };
  'unknown-target': { target: string; file: string; known: string[] };
  'bad-config': { file: string; detail: string };
  'config-not-found': { file: string };
  'config-exists': { file: string };
  'config-needs-loader': { file: string; node: string };
  'no-package': { directory: string };
  'no-script': { directory: string; scripts: string[] };
  'bad-recording': { file: string; detail: string };
  'not-comparable': { detail: string };
  'file-not-written': { file: string; why: string };
  'unknown-scenario': { scenario: string; known: string[] };
  'unknown-signal': { signal: string };
  'no-pre-stop': { platform: string; known: string[] };
  'unsupported-system': { system: string };
  'cwd-not-found': { cwd: string };
  'command-not-started': { command: string; errorCode: string };
  'driver-not-found': { program: string; platform: string; errorCode: string };
  'driver-unavailable': { program: string; detail: string };
  'driver-failed': { call: string; detail: string };
  'driver-scenarios': { driver: string; scenarios: string[]; known: string[] };
  'driver-platform': { driver: string; platform: string };
  'image-not-found': { image: string; detail: string };
  'container-not-started': { image: string; detail: string };
  'port-not-published': { image: string };
  'port-taken': { url: string };
  'target-died': {
    when: 'start' | 'warm-up';
    afterMs: number;
    exitCode: number | null;
    signal: string | null;
  };
  'target-detached': { afterMs: number; exitCode: number | null; signal: string | null; processes: string[] };
  'no-port': { waitedMs: number };
  'not-ready': { path: string; statusCode: number; waitedMs: number };
  'no-answer': { waitedMs: number; ports: number[] };
  /** `detail` is undefined where it was still running at the end of the time. */
  'warm-up-failed': { path: string; detail: string | undefined; waitedMs: number };
  'answers-too-fast': { path: string; responseMs: number; leastMs: number; isNode: boolean };
  'nothing-in-flight': { requests: number; answered: number; lost: number; isHeld: boolean };
}

export type ErrorCode = keyof ErrorArgs;

const slowPath = 'Choose a path that takes a second or more with --path, for instance --path /slow.';

const errors: { [Code in ErrorCode]: (args: ErrorArgs[Code]) => Words } = {
  'no-command': () => ({
    text: 'There is no command to run, and no sigterm.config file here or above.',
    advice: 'Put the command behind two dashes: sigterm -- node server.js',
  }),
  'bad-usage': ({ detail }) => ({ text: detail, advice: 'sigterm --help shows every option with examples.' }),
  'bad-option': ({ option, value, expected }) => ({
    text: `--${option} cannot be "${value}": it has to be ${expected}.`,
    advice: 'sigterm --help shows every option with examples.',
  }),
  'bad-request': ({ detail }) => ({
    text: detail,
    advice: 'sigterm --help shows every option with examples.',
  }),
  'unknown-reporter': ({ reporter, known }) => ({
    text: `There is no reporter "${reporter}".`,
    advice: `Choose among ${known.join(', ')}.`,
  }),
  'unknown-target': ({ target, file, known }) => ({
    text: `"${target}" is neither a command nor a target of ${file}.`,
    advice: `Its targets are ${known.join(', ')}; a command is put behind two dashes.`,
  }),
  'bad-config': ({ file, detail }) => ({ text: `${file} cannot be used: ${detail}.` }),
  'config-not-found': ({ file }) => ({ text: `There is no configuration "${file}".` }),
  'config-exists': ({ file }) => ({
    text: `${file} exists already.`,
    advice: 'sigterm init --force writes it anew.',
  }),
  'config-needs-loader': ({ file, node }) => ({
    text: `Node.js ${node} cannot read TypeScript, and ${file} is TypeScript.`,
    advice:
      'Install jiti (npm install --save-dev jiti), use Node.js 22.18 or newer, or write it in JavaScript.',
  }),
  'no-package': ({ directory }) => ({
    text: `There is no readable package.json in ${directory}.`,
    advice: 'Run it where your package.json is.',
  }),
  'no-script': ({ directory, scripts }) => ({
    text: `No script of the package.json in ${directory} starts a server that is to be deployed${scripts.length > 0 ? ` (there are ${scripts.join(', ')})` : ''}.`,
    advice: 'Name the command yourself: sigterm -- node server.js',
  }),
  'bad-recording': ({ file, detail }) => ({
    text: `${file} is no recording that can be read: ${detail}.`,
    advice: 'Make one with sigterm --save recording.json -- node server.js',
  }),
  'not-comparable': ({ detail }) => ({
    text: `The two recordings cannot be compared: ${detail}.`,
    advice: 'Make both with the same options.',
  }),
  'file-not-written': ({ file, why }) => ({ text: `${file} could not be written (${why}).` }),
  'unknown-platform': ({ platform, known }) => ({
    text: `There is no platform "${platform}".`,
    advice: `Choose one of ${known.join(', ')}.`,
  }),
  'unknown-scenario': ({ scenario, known }) => ({
    text: `There is no scenario "${scenario}".`,
    advice: `Choose among ${known.join(', ')}, or all.`,
  }),
  'unknown-signal': ({ signal }) => ({
    text: `This system has no signal "${signal}".`,
    advice: 'Use a name such as SIGTERM, SIGINT or SIGHUP.',
  }),
  'no-pre-stop': ({ platform, known }) => ({
    text: `${platform[0]?.toUpperCase() ?? ''}${platform.slice(1)} runs no hook before the signal, so --pre-stop means nothing there.`,
    advice: `Leave it out, or choose a platform that has one: ${known.join(', ')}.`,
  }),
  'unsupported-system': ({ system }) => ({
    text: `Signals cannot be judged on ${system}: there a signal ends a process at once, and no handler runs as it would on the server.`,
    advice: 'Run it on Linux or macOS, in WSL, or in a container.',
  }),
  'cwd-not-found': ({ cwd }) => ({ text: `The directory "${cwd}" does not exist.` }),
  'command-not-started': ({ command, errorCode }) => ({
    text:
      errorCode === 'ENOENT'
        ? `The command "${command}" was not found.`
        : errorCode === 'EACCES'
          ? `The command "${command}" may not be executed (EACCES).`
          : `The command "${command}" could not be started (${errorCode}).`,
    advice:
      errorCode === 'ENOENT'
        ? 'It is run without a shell: write program and arguments as separate words, and check that it is on the PATH.'
        : 'Name the interpreter as well, for instance: sigterm -- node server.js',
  }),
  'driver-not-found': ({ program, platform, errorCode }) => ({
    text: `The command "${program}" could not be run (${errorCode}).`,
    advice: `Install it and put it on the PATH, or leave out --driver: --platform ${platform} acts out its stop without it.`,
  }),
  'driver-unavailable': ({ program, detail }) => ({
    text: `${program} cannot be used: ${detail || 'it gave no reason'}.`,
    advice: 'Start its daemon, or check DOCKER_HOST and whether you may use it.',
  }),
  'driver-failed': ({ call, detail }) => ({ text: `"${call}" failed: ${detail || 'it gave no reason'}.` }),
  'driver-scenarios': ({ driver, scenarios, known }) => ({
    text: `With --driver ${driver} ${scenarios.join(', ')} cannot be tried.`,
    advice:
      known.length === 0
        ? 'Leave out --scenario: a steady load is what it tries. Or leave out --driver.'
        : `Choose among ${known.join(', ')}, or leave out --driver.`,
  }),
  'driver-platform': ({ driver, platform }) => ({
    text: `--driver ${driver} is ${driver} itself, so it cannot act as ${platform}.`,
    advice: 'Leave out --platform or --driver.',
  }),
  ...clusterErrors,
  'image-not-found': ({ image, detail }) => ({
    text: `The image "${image}" is not here and cannot be pulled: ${detail || 'docker gave no reason'}.`,
    advice: `Build it first: docker build -t ${image} .`,
  }),
  'container-not-started': ({ image, detail }) => ({
    text: `"docker run" could not start "${image}": ${detail || 'it gave no reason'}.`,
    advice: 'Try it by hand: what stands behind the image is its command.',
  }),
  'port-not-published': ({ image }) => ({
    text: `The image "${image}" exposes no port, so none is published.`,
    advice:
      'Name the port inside the container with --port, as in docker run --publish, or write EXPOSE in its Dockerfile.',
  }),
  'port-taken': ({ url }) => ({
    text: `Something else answers at ${url} already, before the target was started.`,
    advice: 'Stop it, or give the target another port.',
  }),
  'target-died': ({ when, afterMs, exitCode, signal }) => ({
    text: `The target ended ${ended(exitCode, signal)} after ${duration(afterMs)}, ${
      when === 'start' ? 'before it answered a request' : 'before the signal was sent'
    }.`,
    advice:
      when === 'warm-up'
        ? 'It has to stand a few requests first.'
        : exitCode === 0
          ? 'It has to run on by itself: in the foreground, and with an empty standard input, as in a container.'
          : 'Make it start by itself first.',
  }),
  'target-detached': ({ afterMs, exitCode, signal, processes }) => ({
    text: `The command ended ${ended(exitCode, signal)} after ${duration(afterMs)} and left ${count(processes.length, 'process', 'processes')} running: ${processes.join('; ')}.`,
    advice: 'A platform stops the process it has started. Run the server in the foreground, not as a daemon.',
  }),
  'no-port': ({ waitedMs }) => ({
    text: `No process of the target listened on a TCP port within ${duration(waitedMs)}.`,
    advice:
      'Give it more time with --ready-timeout, or name the place with --port or --url; a unix socket is unix:/path.',
  }),
  'not-ready': ({ path, statusCode, waitedMs }) => ({
    text: `The target was not ready within ${duration(waitedMs)}: ${path} still answered with ${String(statusCode)}.`,
    advice: 'Give it more time with --ready-timeout, or name another path with --ready-path.',
  }),
  'no-answer': ({ waitedMs, ports }) => ({
    text: `The target listens on ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}, but answered no HTTP request within ${duration(waitedMs)}.`,
    advice:
      'Give it more time with --ready-timeout, or name the right port with --port. Where it speaks no HTTP, try --scenario tcp.',
  }),
  'warm-up-failed': ({ path, detail, waitedMs }) => ({
    text: `A first request for ${path}, before the signal, got no complete response${detail === undefined ? ` within ${duration(waitedMs)}` : `: ${detail}`}.`,
    advice: 'Choose a path that answers completely with --path.',
  }),
  'answers-too-fast': ({ path, responseMs, leastMs, isNode }) => ({
    text: `${path} answers in ${duration(responseMs)}: no request can be kept in flight across the signal (it takes ${duration(leastMs)} at least).`,
    advice: isNode
      ? 'Leave out --no-instrument, so that responses are held inside the target, or choose a slow path with --path.'
      : slowPath,
  }),
  'nothing-in-flight': ({ requests, answered, lost, isHeld }) => ({
    text: `Of ${count(requests, 'request', 'requests')} none was in flight when the signal was due: ${String(answered)} had been answered and ${String(lost)} lost before.`,
    advice: isHeld ? 'Choose another path with --path, or a longer --hold.' : slowPath,
  }),
};

/** The words of an error. */
export function errorWords<Code extends ErrorCode>(code: Code, args: ErrorArgs[Code]): Words {
  return errors[code](args);
}
