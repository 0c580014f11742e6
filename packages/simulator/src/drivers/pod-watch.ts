import type { Recorder } from '../timeline/recorder.js';

interface WatchEvent {
  readonly type: string;
  readonly object: {
    readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
    readonly status?: {
      readonly containerStatuses?: readonly {
        readonly name: string;
        readonly state?: { readonly terminated?: { readonly exitCode: number; readonly reason?: string } };
      }[];
    };
  };
}

/** Reads what `kubectl get pods --watch` prints, and records how the pods that are replaced come to their end. */
export class PodWatch {
  readonly #recorder: Recorder;
  readonly #pods: readonly string[];
  /** A pod of a StatefulSet comes back under its name: the first with it is the one that is meant. */
  readonly #uids = new Map<string, string>();
  readonly #told = new Set<string>();
  #rest = '';
  #begin: () => void = () => undefined;
  /** Resolves when the first line has arrived: from then on nothing is missed. */
  readonly begun = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });

  constructor(pods: readonly string[], recorder: Recorder) {
    this.#pods = pods;
    this.#recorder = recorder;
  }

  /** Takes what has been printed, wherever it is cut; each line is one event. */
  add(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('{')) continue;
      this.#read(JSON.parse(line) as WatchEvent);
      this.#begin();
    }
  }

  #read({ type, object: { metadata, status } }: WatchEvent): void {
    const { name: pod, uid, deletionTimestamp } = metadata;
    if (!this.#pods.includes(pod)) return;
    if (!this.#uids.has(pod)) this.#uids.set(pod, uid);
    if (this.#uids.get(pod) !== uid) return;
    const tell = (what: string, record: () => void) => {
      const key = `${pod} ${what}`;
      if (!this.#told.has(key)) record();
      this.#told.add(key);
    };
    if (deletionTimestamp === undefined) return;
    tell('ending', () => {
      this.#recorder.record({ type: 'pod-ending', pod });
    });
    for (const { name: container, state } of status?.containerStatuses ?? []) {
      const { terminated } = state ?? {};
      if (terminated === undefined) continue;
      tell(`ended ${container}`, () => {
        const { exitCode, reason = null } = terminated;
        this.#recorder.record({ type: 'container-ended', pod, container, exitCode, reason });
      });
    }
    if (type !== 'DELETED') return;
    tell('gone', () => {
      this.#recorder.record({ type: 'pod-gone', pod });
    });
  }
}
