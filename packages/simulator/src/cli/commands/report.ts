import { readFileSync } from 'node:fs';
import { SimulationError } from '../../errors.js';
import { judge } from '../../judge.js';
import type { ReportOptions } from '../../reporters/index.js';
import { readRecording } from '../../timeline/read-recording.js';
import type { Recording } from '../../timeline/recording.js';
import { exitCodes } from '../exit-codes.js';
import type { Outcome } from '../outcome.js';
import { reasonOf, writeOutputs, type Outputs } from '../outputs.js';

/** Judges a saved recording again and reports it; exits as the run itself would have. */
export function report(
  { file, outputs }: { file: string; outputs: Outputs },
  options: ReportOptions,
  environment: NodeJS.ProcessEnv,
): Outcome {
  const judged = judge(loadRecording(file));
  return {
    stdout: writeOutputs(outputs, judged, { options, environment }),
    exitCode: exitCodes[judged.verdict],
  };
}

export function loadRecording(file: string): Recording {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = reasonOf(error);
    const detail = why === 'ENOENT' ? 'there is no such file' : `it cannot be read (${why})`;
    throw new SimulationError('bad-recording', { file, detail });
  }
  return readRecording(text, file);
}
