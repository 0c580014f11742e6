import { setTimeout as delay } from 'node:timers/promises';
import type WebSocket from 'ws';
import type { Recorder } from '../timeline/recorder.js';
import { within } from '../wait.js';

/** What arrives by itself, such as a greeting, arrives in this time; a server that goes on sending tells nothing. */
const greetingMs = 300;
/** An answer that takes longer is none. */
const mostAnswerMs = 5_000;
/** An answer has to take this long to be caught in work at the signal. */
const leastAnswerMs = 100;

/** A client with what it is called in the recording. */
export interface NamedClient {
  readonly id: string;
  readonly socket: WebSocket;
  readonly closed: Promise<void>;
}

/** How long the server takes to answer a message; undefined where it answers none, or it cannot be told apart. */
export async function findAnswerMs(
  { socket, closed }: NamedClient,
  body: string,
): Promise<number | undefined> {
  let last = performance.now();
  const onMessage = () => {
    last = performance.now();
  };
  socket.on('message', onMessage);
  await Promise.race([delay(greetingMs), closed]);
  socket.off('message', onMessage);
  if (performance.now() - last < greetingMs / 2) return undefined;
  const sentMs = performance.now();
  return within(
    new Promise<number>((resolve) => {
      socket.once('message', () => {
        resolve(performance.now() - sentMs);
      });
      socket.send(body);
    }),
    mostAnswerMs,
  );
}

/**
 * Sends each client's message to a server that takes its time for the answer; resolves in the middle of that time, so
 * that the signal finds it in work. One that answers at once is left alone: what it loses would be a race.
 */
export async function sendMessages(
  clients: readonly NamedClient[],
  body: string,
  answerMs: number,
  recorder: Recorder,
  isEndedByUs: () => boolean,
): Promise<void> {
  if (answerMs < leastAnswerMs) return;
  const pending = new Set<string>();
  for (const { id: connection, socket, closed } of clients) {
    const request = `${connection}-message`;
    const path = new URL(socket.url).pathname;
    const fact = { type: 'request-sent', request, connection, probe: 'websocket', path } as const;
    recorder.record({ ...fact, purpose: 'measured', reused: true });
    pending.add(request);
    socket.once('message', (data: Buffer) => {
      if (!pending.delete(request)) return;
      recorder.record({ type: 'response-complete', request, bytes: data.length, framing: 'length' });
    });
    void closed.then(() => {
      if (!pending.delete(request)) return;
      const cause = isEndedByUs() ? 'timeout' : 'closed';
      recorder.record({ type: 'request-lost', request, cause, bytes: 0, detail: 'closed without an answer' });
    });
    socket.send(body);
  }
  await delay(answerMs / 2);
  for (const request of pending)
    recorder.record({ type: 'request-in-flight', request, confirmedBy: 'timing', pid: null });
}
