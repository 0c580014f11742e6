import { errorWords, type ErrorArgs, type ErrorCode } from './messages/errors.js';

export type { ErrorCode } from './messages/errors.js';

/** The run could not be judged. `message` is one sentence that says what happened; `advice` says what to do. */
export class SimulationError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'SimulationError';
  readonly code: Code;
  readonly args: ErrorArgs[Code];
  readonly advice: string | undefined;
  /** The last output of the target, where it ran at all. */
  readonly output: string | undefined;

  constructor(code: Code, args: ErrorArgs[Code], output?: string) {
    const words = errorWords(code, args);
    super(words.text);
    this.code = code;
    this.args = args;
    this.advice = words.advice;
    this.output = output === '' ? undefined : output;
  }
}

/** The reason of an abort as the platform's APIs give it: an `AbortError` unless the caller chose another. */
export function toAbortError(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new DOMException('The run was aborted.', 'AbortError');
}
