/** A sentence that says what happened, with numbers, and one that says what to do about it. */
export interface Words {
  readonly text: string;
  readonly advice?: string;
}

/** A time for people: `4 ms`, `2.01 s`, `30 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${String(Math.round(milliseconds))} ms`;
  return `${String(Number((milliseconds / 1000).toFixed(2)))} s`;
}

/** A number with its noun. */
export function count(number: number, one: string, many: string): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}

/** How a process ended: "with exit code 1", "by SIGTERM". */
export function ended(exitCode: number | null, signal: string | null): string {
  return signal === null ? `with exit code ${String(exitCode)}` : `by ${signal}`;
}

/** `8 of 8`. */
export function all(total: number): string {
  return `${String(total)} of ${String(total)}`;
}

/** A time that counts from the signal. */
export function after(milliseconds: number): string {
  return `${duration(milliseconds)} after the signal`;
}

/** From one time after the signal to another, or one of them where they are nearly the same. */
export function between(firstMs: number, lastMs: number): string {
  return lastMs - firstMs < 10 ? after(firstMs) : `${duration(firstMs)} to ${after(lastMs)}`;
}

/** A command line, cut to what can be read. */
export function short(command: string): string {
  return command.length > 60 ? `${command.slice(0, 59)}…` : command;
}

/** What the path is answered with, where that is no success: it may not be the one that was meant. */
export function answerNote({ statusCode }: { readonly statusCode: number }): string {
  return statusCode < 300 ? '' : ` (answered with ${String(statusCode)})`;
}
