import { setTimeout as delay } from 'node:timers/promises';
import { SimulationError } from '../errors.js';
import type { Plan } from '../options.js';
import type { ListenerProtocol } from '../timeline/events.js';
import type { Recorder } from '../timeline/recorder.js';
import { toOrigin, type ServerAddress } from '../traffic/connection.js';
import { within } from '../wait.js';
import type { Channel } from './channel.js';
import { probe, type ProbeAnswer } from './http-probe.js';
import { findListeningSockets } from './listening-sockets.js';
import { findRaw } from './raw-server.js';
import { betterProtocol, protocolsToTry, toHosts } from './reach.js';
import type { Target } from './target.js';

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

/** How often the sockets of the tree are looked at, and a server is asked again; without /proc that is dear. */
const pollMs = process.platform === 'linux' ? 100 : 500;
/** What only the sockets show waits this long: it may be a debugger's port, or the preload names it in a moment. */
const unnamedDelayMs = 300;
/** A unix socket is mostly there beside a port, which is the one that matters. */
const unixDelayMs = 1_000;
/** How long a path may take before others are tried beside it. */
const slowPathMs = 1_000;
/** How long to wait for the preload's word about a request that has been answered. */
const confirmationMs = 250;
/** Where a preload talks with us its word is sure to come; on a crowded machine it may take its time. */
const sureConfirmationMs = 5_000;
/** Hardly any server has this path: the answer is a quick 404. */
const fallbackPath = '/.well-known/sigterm';

/** Looks for the first server of the tree that answers HTTP, or that does not. Every port is verified by a connection. */
export class ServerSearch {
  readonly #plan: Plan;
  readonly #wantsRaw: boolean;
  readonly #target: Target;
  readonly #channel: Channel;
  readonly #recorder: Recorder;
  readonly #stop = new AbortController();
  /** By port, or by the path of a unix socket. */
  readonly #seen = new Map<number | string, Candidate>();
  readonly #confirmed = new Map<string, number>();
  #found: (server: FoundServer) => void = () => undefined;
  #probes = 0;
  /** What the path that tells of readiness was answered with last. */
  #readyStatus: number | undefined;

  /** @param wantsRaw Whether a server is looked for that speaks something else than HTTP. */
  constructor(plan: Plan, target: Target, channel: Channel, recorder: Recorder, wantsRaw = false) {
    this.#wantsRaw = wantsRaw;
    this.#plan = plan;
    this.#target = target;
    this.#channel = channel;
    this.#recorder = recorder;
  }

  /** The ports seen so far, in the order in which they were found. */
  get ports(): number[] {
    return [...this.#seen.keys()].filter((place) => typeof place === 'number');
  }

  async find(): Promise<FoundServer> {
    const { readyTimeoutMs, port, url } = this.#plan;
    const result = new Promise<FoundServer | undefined>((resolve) => {
      this.#found = resolve;
      this.#stop.signal.addEventListener('abort', () => {
        resolve(undefined);
      });
    });
    const stopListening = this.#channel.onMessage((message) => {
      if (message.type === 'in-flight') this.#confirmed.set(message.request, message.pid);
      else if (message.type === 'listening' && port === undefined && url === undefined) {
        this.#add(message.port, message.address, message.protocol, message.pid, 'preload');
      }
    });
    if (url !== undefined) this.#addUrl(new URL(url));
    else if (port !== undefined) this.#add(port, '::', 'unknown', null, 'option');
    else void this.#pollSockets();
    const found = await within(result, readyTimeoutMs);
    stopListening();
    this.stop();
    if (found !== undefined) {
      const { address, statusCode, durationMs, instrumented } = found;
      this.#recorder.record({ type: 'ready', url: toOrigin(address), statusCode, durationMs, instrumented });
      return found;
    }
    const { output } = this.#target;
    if (this.#seen.size === 0)
      throw new SimulationError('no-port', { waitedMs: readyTimeoutMs }, output.lastLines(20));
    const { readyPath } = this.#plan;
    if (readyPath !== undefined && this.#readyStatus !== undefined && this.#readyStatus >= 400) {
      const args = { path: readyPath, statusCode: this.#readyStatus, waitedMs: readyTimeoutMs };
      throw new SimulationError('not-ready', args, output.lastLines(20));
    }
    throw new SimulationError(
      'no-answer',
      { waitedMs: readyTimeoutMs, ports: this.ports },
      output.lastLines(20),
    );
  }

  /** Ends the search, if it is still going on. */
  stop(): void {
    this.#stop.abort();
  }

  async #pollSockets(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const pids = this.#target.tree.scan().map(({ pid }) => pid);
      for (const socket of findListeningSockets(pids)) {
        this.#add(socket.port, socket.address, 'unknown', socket.pid, 'sockets');
      }
      await delay(pollMs);
    }
  }

  #addUrl(url: URL): void {
    if (url.protocol === 'unix:') {
      this.#add(0, decodeURI(url.pathname), 'unknown', null, 'option');
      return;
    }
    const protocol = url.protocol === 'https:' ? 'https' : 'http';
    const port = url.port === '' ? (protocol === 'https' ? 443 : 80) : Number(url.port);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    this.#add(port, host === 'localhost' ? '::' : host, protocol, null, 'option');
  }

  #add(
    port: number,
    address: string,
    protocol: ListenerProtocol,
    pid: number | null,
    foundBy: 'preload' | 'sockets' | 'option',
  ): void {
    const isUnix = address.startsWith('/');
    const place = isUnix ? address : port;
    const known = this.#seen.get(place);
    // The preload knows more about a port than its socket shows.
    if (known !== undefined && (known.protocol !== 'unknown' || foundBy !== 'preload')) return;
    const candidate = { pid, hosts: toHosts(address), port, place, protocol };
    this.#seen.set(place, candidate);
    this.#recorder.record({ type: 'listening', pid, address, port, protocol, foundBy });
    const isUnsure = foundBy === 'sockets' || protocol === 'net' || protocol === 'tls';
    const waitMs = isUnix && foundBy === 'preload' ? unixDelayMs : unnamedDelayMs;
    void this.#ask(candidate, (isUnsure || isUnix) && this.#plan.instrument ? waitMs : 0);
  }

  async #ask(candidate: Candidate, delayMs: number): Promise<void> {
    await delay(delayMs);
    // Stop as well when a better description of the same port has taken this one's place.
    while (!this.#stop.signal.aborted && this.#seen.get(candidate.place) === candidate) {
      if (this.#wantsRaw) {
        const server = await findRaw(candidate, this.#plan, (protocol, host) =>
          this.#askAt({ protocol, host, port: candidate.port, ...this.#headers() }, candidate),
        );
        if (server !== undefined && !this.#stop.signal.aborted) {
          this.#found(server);
          return;
        }
        await delay(pollMs);
        continue;
      }
      for (const protocol of protocolsToTry[candidate.protocol]) {
        for (const host of candidate.hosts) {
          const server = await this.#askAt(
            { protocol, host, port: candidate.port, ...this.#headers() },
            candidate,
          );
          if (server !== undefined && !this.#stop.signal.aborted) {
            this.#found(server);
            return;
          }
        }
      }
      await delay(pollMs);
    }
  }

  async #askAt(address: ServerAddress, candidate: Candidate): Promise<FoundServer | undefined> {
    const stopOthers = new AbortController();
    const signal = AbortSignal.any([stopOthers.signal, this.#stop.signal]);
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
        const server = await this.#askAt({ ...address, protocol: better }, candidate);
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
    this.#readyStatus = statusCode;
    return statusCode < 400;
  }

  #headers(): Pick<ServerAddress, 'headers'> {
    return this.#plan.headers === undefined ? {} : { headers: this.#plan.headers };
  }

  async #confirmation(request: string): Promise<number | undefined> {
    const waitMs = this.#channel.size > 0 ? sureConfirmationMs : confirmationMs;
    const deadline = performance.now() + waitMs;
    while (!this.#confirmed.has(request) && performance.now() < deadline) await delay(5);
    return this.#confirmed.get(request);
  }
}
