/** A sentence for the user: why a server cannot be started. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}
