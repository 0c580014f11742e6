/** A sentence for the user: why a server cannot be started. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  /** The folder of the package that is to be built first; undefined where that would not help. */
  readonly unbuilt: string | undefined;

  constructor(message: string, unbuilt?: string) {
    super(message);
    this.unbuilt = unbuilt;
  }
}
