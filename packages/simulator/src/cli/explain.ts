import type { SimulationError } from '../errors.js';
import { failureReporters } from '../reporters/failure.js';

/** What was wrong before anything could be run, in the form that was asked for: a document, an annotation, a sentence. */
export function explainError(
  error: SimulationError,
  { isJson, isGithub, color }: { isJson: boolean; isGithub: boolean; color: boolean },
): { stdout: string; stderr: string } {
  const failure = { error, startedAt: new Date().toISOString() };
  if (isJson) return { stdout: failureReporters.json(failure), stderr: '' };
  return {
    stdout: isGithub ? failureReporters.github(failure) : '',
    stderr: failureReporters.pretty(failure, { color }),
  };
}
