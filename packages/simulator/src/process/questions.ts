import { setTimeout as delay } from 'node:timers/promises';
import type { Plan } from '../options.js';
import type { ListenerProtocol } from '../timeline/events.js';
import type { ServerAddress } from '../traffic/connection.js';
import { within } from '../wait.js';
import type { Channel } from './channel.js';
import { probe, type ProbeAnswer } from './http-probe.js';
import { betterProtocol } from './reach.js';

/** The server of the target, found and answering. */
export interface FoundServer {
  readonly address: ServerAddress;
  /** The process that answers, or else that listens; null where neither is known. */
  readonly pid: number | null;
  /** Whether a mark on a request was seen by the preload, so that responses can be held. */
  readonly instrumented: boolean;
  /** A path that answers quickly. */
  readonly quickPath: string;
  readonly statusCode: number;
  /** How long that answer took. */
  readonly durationMs: number;
}

/** A place where a process of the target listens. */
export interface Candidate {
  readonly pid: number | null;
  readonly hosts: readonly string[];
  readonly port: number;
  /** The port, or the path of a unix socket. */
  readonly place: number | string;
  readonly protocol: ListenerProtocol;
}

/** How long a path may take before others are tried beside it. */
const slowPathMs = 1_000;
/** How long to wait for the preload's word about a request that has been answered. */
const confirmationMs = 250;
/** Where a preload talks with us its word is sure to come; on a crowded machine it may take its time. */
const sureConfirmationMs = 5_000;
/** Hardly any server has this path: the answer is a quick 404. */
const fallbackPath = '/.well-known/sigterm';

/** The requests by which the search finds out what listens at an address. */
export class Questions {
  /** What the path that tells of readiness was answered with last. */
  readyStatus: number | undefined;
  readonly #plan: Plan;
  readonly #channel: Channel;
  readonly #stopped: AbortSignal;
  /** The process that has seen a request, by the preload's word. */
  readonly #confirmed = new Map<string, number>();
  #probes = 0;

  /** @param stopped Ends what is being asked; from then on nothing is listened for. */
  constructor(plan: Plan, channel: Channel, stopped: AbortSignal) {
    this.#plan = plan;
    this.#channel = channel;
    this.#stopped = stopped;
    const stop = channel.onMessage((message) => {
      if (message.type === 'in-flight') this.#confirmed.set(message.request, message.pid);
    });
    stopped.addEventListener('abort', stop, { once: true });
  }

  /** Asks once; undefined where no HTTP is answered. */
  async ask(place: ServerAddress, candidate: Candidate): Promise<FoundServer | undefined> {
    const { headers } = this.#plan;
    const address = headers === undefined ? place : { ...place, headers };
    const stopOthers = new AbortController();
    const signal = AbortSignal.any([stopOthers.signal, this.#stopped]);
    const ask = async (path: string) => {
      const request = `probe-${String((this.#probes += 1))}`;
      return {
        path,
        request,
        answer: await probe(address, path, request, this.#plan.readyTimeoutMs, signal),
      };
    };
    const others = [...new Set(['/', this.#plan.path, fallbackPath])].slice(1);
    try {
      if (!(await this.#isReady(ask))) return undefined;
      const first = ask('/');
      // An answer with an end is worth waiting a moment for, from whichever path it comes.
      const isGood = ({ answer }: { answer: ProbeAnswer }) => answer.isFinite;
      let best = await within(first, slowPathMs);
      if (best === undefined || !isGood(best)) {
        const asked = [first, ...others.map(ask)];
        const finite = asked.map(async (one) => {
          const result = await one;
          if (!isGood(result)) throw new Error('endless');
          return result;
        });
        best = await Promise.any(finite).catch(() => Promise.any(asked));
      }
      // A server may tell a client that it speaks to it in the wrong way, and do so in that way.
      const better = betterProtocol(address.protocol, best.answer.statusCode);
      if (candidate.protocol === 'unknown' && better !== undefined) {
        const server = await this.ask({ ...address, protocol: better }, candidate);
        if (server !== undefined) return server;
      }
      const pid = this.#plan.instrument ? await this.#confirmation(best.request) : undefined;
      const { statusCode, durationMs } = best.answer;
      const instrumented = pid !== undefined;
      return {
        address,
        pid: pid ?? candidate.pid,
        instrumented,
        quickPath: best.path,
        statusCode,
        durationMs,
      };
    } catch {
      return undefined;
    } finally {
      stopOthers.abort();
    }
  }

  /** Whether the path that tells of it, where there is one, answers as it should. */
  async #isReady(ask: (path: string) => Promise<{ answer: ProbeAnswer }>): Promise<boolean> {
    const { readyPath } = this.#plan;
    if (readyPath === undefined) return true;
    const { statusCode } = (await ask(readyPath)).answer;
    this.readyStatus = statusCode;
    return statusCode < 400;
  }

  async #confirmation(request: string): Promise<number | undefined> {
    const waitMs = this.#channel.size > 0 ? sureConfirmationMs : confirmationMs;
    const deadline = performance.now() + waitMs;
    while (!this.#confirmed.has(request) && performance.now() < deadline) await delay(5);
    return this.#confirmed.get(request);
  }
}
