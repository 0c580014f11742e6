import { platforms } from 'graceful-shutdown-platforms';
import { SimulationError } from '../../errors.js';
import { driverIds } from '../../drivers/check-driver.js';
import { reporters } from '../../reporters/index.js';
import { scenarios } from '../../scenarios/index.js';
import { flags, type Flag } from '../flags.js';
import type { Outcome } from '../outcome.js';

const subcommands = ['init', 'report', 'compare', 'completion'];
/** The values of an option, where they are few. */
const values: Readonly<Record<string, readonly string[]>> = {
  platform: Object.keys(platforms),
  driver: driverIds,
  scenario: ['all', ...Object.keys(scenarios)],
  reporter: Object.keys(reporters),
  signal: ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'],
};
const entries = Object.entries<Flag>(flags);

const shells: Readonly<Record<string, () => string>> = {
  bash: () => `# eval "$(sigterm completion bash)"
_sigterm() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  case "$before" in
${Object.entries(values)
  .map(
    ([name, list]) => `    --${name}) COMPREPLY=($(compgen -W "${list.join(' ')}" -- "$current")); return ;;`,
  )
  .join('\n')}
    --save|--config|--cwd|report|compare) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "${entries.map(([name]) => `--${name}`).join(' ')}" -- "$current"))
  else COMPREPLY=($(compgen -W "${subcommands.join(' ')}" -- "$current") $(compgen -c -- "$current")); fi
}
complete -o default -F _sigterm sigterm
`,
  zsh: () => `#compdef sigterm
# eval "$(sigterm completion zsh)"
_sigterm() {
  _arguments -s -S \\
${entries.map(([name, flag]) => `    '${flag.isRepeatable ? '*' : ''}--${name}[${plain(flag.about)}]${valueOf(name, flag)}' \\`).join('\n')}
    '1: :(${subcommands.join(' ')})' '*::command:_normal'
}
compdef _sigterm sigterm
`,
  fish: () => `# sigterm completion fish | source
${subcommands.map((name) => `complete -c sigterm -n __fish_use_subcommand -a ${name}`).join('\n')}
${entries.map(([name, flag]) => `complete -c sigterm -l ${name}${flag.value === undefined ? '' : ' -r'}${values[name] === undefined ? '' : ` -a '${values[name].join(' ')}'`} -d '${plain(flag.about)}'`).join('\n')}
`,
};

/** A script that teaches a shell our options. */
export function completion(shell: string): Outcome {
  const write = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (write === undefined) {
    const detail = `There is no completion for "${shell}": choose bash, zsh or fish.`;
    throw new SimulationError('bad-usage', { detail });
  }
  return { stdout: write(), exitCode: 0 };
}

function valueOf(name: string, flag: Flag): string {
  if (flag.value === undefined) return '';
  const list = values[name];
  return list === undefined ? `:${name}:_files` : `:${name}:(${list.join(' ')})`;
}

/** What is safe within quotes and brackets. */
function plain(text: string): string {
  return text.replaceAll("'", '’').replaceAll(/[[\]:]/g, ' ');
}
