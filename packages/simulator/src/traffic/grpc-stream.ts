import { Recorder } from '../timeline/recorder.js';
import { within } from '../wait.js';
import { openConnection } from './connection.js';
import { canCall, toCall, unimplemented } from './grpc.js';
import { ConnectionProbe, type OpenedStream } from './connection-probe.js';
import type { ProbeContext } from './probe.js';

/** Most servers have this one. */
const healthWatch = '/grpc.health.v1.Health/Watch';
/** A call that has not ended after this long is one that stays open; an error comes sooner. */
const openMs = 1_000;

/** Server streams that are open when the signal comes, and end only when the server ends them. */
export class GrpcStreams extends ConnectionProbe {
  readonly #context: ProbeContext;

  constructor(context: ProbeContext) {
    super();
    this.#context = context;
  }

  async open(): Promise<void> {
    const { plan, recorder } = this.#context;
    const path = plan.scenarioPaths['grpc-stream'] ?? healthWatch;
    const decline = (answer: string) => {
      recorder.record({ type: 'not-offered', probe: 'grpc-stream', tried: [{ path, answer }] });
    };
    if (!canCall(this.#context)) {
      decline('HTTP/1.1');
      return;
    }
    // What is only looked for is no part of the run's traffic, so it has a recorder of its own.
    const trial = await this.#call('grpc-stream-trial', path, new Recorder());
    trial.connection.destroy();
    if (!trial.isOpen) {
      decline(trial.answer);
      return;
    }
    await this.openStreams(this.#context, 'grpc-stream', 'timing', (id) => this.#call(id, path, recorder));
  }

  /** Resolves when the call is seen to stay open, without an answer, or when it has ended, with what it ended with. */
  async #call(id: string, path: string, recorder: Recorder): Promise<OpenedStream> {
    const { plan, server } = this.#context;
    const connection = openConnection({ id, probe: 'grpc-stream', server: server.address, recorder });
    let status: number | null = null;
    const spec = toCall(
      id,
      path,
      'measured',
      { recorder, message: plan.body },
      (end) => end !== unimplemented,
      (told) => {
        status = told;
      },
    );
    const { outcome } = connection.send(spec);
    const end = await within(outcome, openMs);
    const answer =
      end === undefined
        ? 'it stayed open'
        : end.kind === 'lost'
          ? end.detail
          : `ended with grpc-status ${String(status)}`;
    return { connection, outcome, answer, isOpen: end === undefined };
  }
}
