import { findPlatform } from 'graceful-shutdown-platforms';
import { SimulationError } from '../errors.js';
import { recordingVersion, type Recording } from './recording.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads what `--save` has written, or takes the recording out of what the json reporter has written.
 *
 * @param file What the text is called in an error.
 * @throws {@link SimulationError} where it is neither, or of another version.
 */
export function readRecording(text: string, file = 'The text'): Recording {
  const fail = (detail: string) => new SimulationError('bad-recording', { file, detail });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw fail('it is not JSON');
  }
  if (!isObject(document)) throw fail('it is not a JSON object');
  if (isObject(document['error'])) throw fail('it tells of an error, and nothing was recorded');
  const recording = isObject(document['recording']) ? document['recording'] : document;
  const { version } = recording;
  if (typeof version !== 'number') throw fail('it has no version');
  if (version !== recordingVersion)
    throw fail(
      `it has version ${String(version)}, and this sigterm reads version ${String(recordingVersion)}`,
    );
  const problem = findProblem(recording);
  if (problem !== undefined) throw fail(problem);
  return recording as unknown as Recording;
}

/** What judging and drawing rely on. */
function findProblem({ plan, host, runs, startedAt }: Json): string | undefined {
  if (!isObject(plan) || !isObject(host) || typeof startedAt !== 'string') return 'its plan is missing';
  if (!isTexts(plan['command']) || typeof plan['signal'] !== 'string' || typeof plan['graceMs'] !== 'number')
    return 'its plan is not complete';
  const { platform } = plan;
  if (typeof platform !== 'string' || findPlatform(platform) === undefined)
    return `its platform "${String(platform)}" is not known here`;
  if (!Array.isArray(runs) || runs.length === 0) return 'it has no runs';
  return runs.every(isRun) ? undefined : 'one of its runs is not complete';
}

function isRun(run: unknown): boolean {
  if (!isObject(run)) return false;
  const { scenarios, server, events, output, repetition } = run;
  return (
    isTexts(scenarios) &&
    typeof output === 'string' &&
    typeof repetition === 'number' &&
    isObject(server) &&
    typeof server['url'] === 'string' &&
    Array.isArray(server['otherPorts']) &&
    Array.isArray(events) &&
    events.every((one) => isObject(one) && typeof one['type'] === 'string' && typeof one['atMs'] === 'number')
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
