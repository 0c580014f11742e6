/** What a subcommand has to say, and the exit code of the process. */
export interface Outcome {
  readonly stdout: string;
  readonly exitCode: number;
}
