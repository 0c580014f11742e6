import { join } from 'node:path';
import { draftConfig } from '../../config/write.js';
import { SimulationError } from '../../errors.js';
import type { Outcome } from '../outcome.js';
import { writeText } from '../outputs.js';

/** Writes a configuration from the scripts of the package.json, and says what is in it. */
export function init(directory: string, isForced: boolean): Outcome {
  const { file, text, targets, existing } = draftConfig(directory);
  if (existing !== undefined && !isForced) throw new SimulationError('config-exists', { file: existing });
  writeText(join(directory, file), text);
  const width = Math.max(...targets.map(({ name }) => name.length));
  const lines = targets.map(({ name, command }) => `  ${name.padEnd(width)}  ${command.join(' ')}`);
  const [first] = targets;
  return {
    stdout: [
      `${file} written, from the scripts of package.json:`,
      ...lines,
      '',
      'Scripts for development and tests are left out. Set the platform you deploy to, then run',
      `  sigterm${targets.length > 1 ? `              all of them\n  sigterm ${first?.name ?? ''}` : ''}`,
      '',
    ].join('\n'),
    exitCode: 0,
  };
}
