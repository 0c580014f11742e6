import { Recorder } from '../timeline/recorder.js';
import { within } from '../wait.js';
import { openConnection } from './connection.js';
import { ConnectionProbe, type OpenedStream } from './connection-probe.js';
import type { ProbeContext } from './probe.js';

/** Where servers mostly send events. */
const usualPaths = ['/events', '/sse', '/stream', '/'];
/** The head of an event stream comes at once; what takes longer is something else. */
const headMs = 3_000;
const mediaType = 'text/event-stream';

/** Clients of server-sent events: responses which end only when the server ends them. */
export class EventStreams extends ConnectionProbe {
  readonly #context: ProbeContext;

  constructor(context: ProbeContext) {
    super();
    this.#context = context;
  }

  /** Finds a path that sends events, and opens all streams there. */
  async open(): Promise<void> {
    const { plan, recorder } = this.#context;
    const chosen = plan.scenarioPaths.sse;
    const likely = plan.isPathChosen ? [plan.path, ...usualPaths] : usualPaths;
    const tried: { path: string; answer: string }[] = [];
    for (const path of new Set(chosen === undefined ? likely : [chosen])) {
      // What is only looked for is no part of the run's traffic, so it has a recorder of its own.
      const { connection, answer, isOpen } = await this.#ask('event-stream-trial', path, new Recorder());
      connection.destroy();
      if (!isOpen) {
        tried.push({ path, answer });
        continue;
      }
      await this.openStreams(this.#context, 'event-stream', 'first-bytes', (id) =>
        this.#ask(id, path, recorder),
      );
      return;
    }
    recorder.record({ type: 'not-offered', probe: 'event-stream', tried });
  }

  /** Resolves when the head is there, with the media type where that is a stream of events, else with what it is. */
  async #ask(id: string, path: string, recorder: Recorder): Promise<OpenedStream> {
    const { server } = this.#context;
    const connection = openConnection({ id, probe: 'event-stream', server: server.address, recorder });
    let told: (answer: string) => void = () => undefined;
    const head = new Promise<string>((resolve) => {
      told = resolve;
    });
    const { outcome } = connection.send({
      id,
      path,
      purpose: 'measured',
      headers: { accept: mediaType },
      onHead: (statusCode, contentType) => {
        const type = contentType?.split(';')[0]?.trim().toLowerCase();
        told(
          statusCode === 200 && type === mediaType
            ? mediaType
            : `${String(statusCode)}, ${type ?? 'no type'}`,
        );
      },
    });
    const failed = outcome.then((end) => (end.kind === 'lost' ? end.detail : 'no head'));
    const answer = (await within(Promise.race([head, failed]), headMs)) ?? 'no answer';
    return { connection, outcome, answer, isOpen: answer === mediaType };
  }
}
