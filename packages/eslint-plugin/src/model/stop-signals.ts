/** The signals that platforms and terminals stop a server with. */
export const STOP_SIGNALS: readonly string[] = ['SIGTERM', 'SIGINT'];

/** Those of these signals that stop a server, each once and always in the same order. */
export function stopSignalsIn(signals: readonly string[] | null): readonly string[] {
  return STOP_SIGNALS.filter((signal) => signals?.includes(signal));
}
