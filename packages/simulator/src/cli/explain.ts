import pc from 'picocolors';
import type { SimulationError } from '../errors.js';
import { annotation } from '../reporters/github.js';
import { recordingVersion } from '../timeline/recording.js';

/** An error in the form that was asked for: a document, an annotation, or a sentence for people. */
export function explainError(
  { code, args, message, advice, output }: SimulationError,
  how: { isJson: boolean; isGithub: boolean; color: boolean; target: string | undefined },
): { stdout: string; stderr: string } {
  const { isJson, isGithub, color, target } = how;
  if (isJson) {
    const error = { code, args, message, advice, output };
    const document = { version: recordingVersion, verdict: 'unknown', error };
    return { stdout: `${JSON.stringify(document, undefined, 2)}\n`, stderr: '' };
  }
  const colors = pc.createColors(color);
  const name = target === undefined ? '' : `${target}: `;
  const help = advice === undefined ? '' : ` ${colors.cyan(advice)}`;
  const last = output === undefined ? '' : `${output.replace(/^/gm, `${colors.dim('│')} `)}\n`;
  return {
    stdout: isGithub ? `${annotation('error', 'sigterm', `${name}${message}`)}\n` : '',
    stderr: `${colors.yellow('?')} ${name}${message}${help}\n${last}`,
  };
}
