import { setTimeout as delay } from 'node:timers/promises';
import { SimulationError } from '../errors.js';
import type { Plan } from '../options.js';
import type { ListenerProtocol } from '../timeline/events.js';
import type { Recorder } from '../timeline/recorder.js';
import { toOrigin } from '../traffic/connection.js';
import { within } from '../wait.js';
import type { Channel } from './channel.js';
import { toListeningFact, type ListeningFact } from './listening-fact.js';
import { findListeningSockets } from './listening-sockets.js';
import { findRaw } from './raw-server.js';
import { Questions, type Candidate, type FoundServer } from './questions.js';
import { protocolsToTry, toHosts } from './reach.js';
import type { Target } from './target.js';

/** How often the sockets of the tree are looked at, and a server is asked again; without /proc that is dear. */
const pollMs = process.platform === 'linux' ? 100 : 500;
/** What only the sockets show waits this long: it may be a debugger's port, or the preload names it in a moment. */
const unnamedDelayMs = 300;
/** A unix socket is mostly there beside a port, which is the one that matters. */
const unixDelayMs = 1_000;
/** How long the port that was opened first may take to answer after another one has. */
const firstPortMs = 500;

/** Looks for the first server of the tree that answers HTTP, or that does not. Every port is verified by a connection. */
export class ServerSearch {
  readonly #plan: Plan;
  readonly #wantsRaw: boolean;
  readonly #target: Pick<Target, 'output'> & Partial<Pick<Target, 'tree'>>;
  readonly #channel: Channel;
  readonly #recorder: Recorder;
  readonly #stop = new AbortController();
  /** By port, or by the path of a unix socket. */
  readonly #seen = new Map<number | string, Candidate>();
  readonly #offers = new Map<number | string, FoundServer>();
  #found: (server: FoundServer) => void = () => undefined;
  readonly #questions: Questions;

  /** @param wantsRaw Whether a server is looked for that speaks something else than HTTP. */
  constructor(
    plan: Plan,
    target: Pick<Target, 'output'> & Partial<Pick<Target, 'tree'>>,
    channel: Channel,
    recorder: Recorder,
    wantsRaw = false,
  ) {
    this.#wantsRaw = wantsRaw;
    this.#plan = plan;
    this.#target = target;
    this.#channel = channel;
    this.#recorder = recorder;
    this.#questions = new Questions(plan, channel, this.#stop.signal);
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
      if (message.type !== 'listening') return;
      const fact = toListeningFact(message, this.#plan);
      if (port === undefined && url === undefined) this.#add(fact);
      else if (this.#seen.has(fact.address) || this.#seen.has(fact.port)) this.#recorder.record(fact);
    });
    if (url !== undefined) this.#addUrl(new URL(url));
    else if (port !== undefined) this.#addAsked('::', port, 'unknown');
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
    if (
      readyPath !== undefined &&
      this.#questions.readyStatus !== undefined &&
      this.#questions.readyStatus >= 400
    ) {
      const args = { path: readyPath, statusCode: this.#questions.readyStatus, waitedMs: readyTimeoutMs };
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
      const pids = this.#target.tree?.scan().map(({ pid }) => pid) ?? [];
      for (const socket of findListeningSockets(pids)) {
        this.#add({ type: 'listening', ...socket, protocol: 'unknown', foundBy: 'sockets' });
      }
      await delay(pollMs);
    }
  }

  #addUrl(url: URL): void {
    if (url.protocol === 'unix:') {
      this.#addAsked(decodeURI(url.pathname), 0, 'unknown');
      return;
    }
    const protocol = url.protocol === 'https:' ? 'https' : 'http';
    const port = url.port === '' ? (protocol === 'https' ? 443 : 80) : Number(url.port);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    this.#addAsked(host === 'localhost' ? '::' : host, port, protocol);
  }

  /** Where the user said that it listens. */
  #addAsked(address: string, port: number, protocol: ListenerProtocol): void {
    this.#add({ type: 'listening', pid: null, address, port, protocol, foundBy: 'option' });
  }

  #add(fact: ListeningFact): void {
    const { pid, address, port, protocol, foundBy } = fact;
    const isUnix = address.startsWith('/');
    const place = isUnix ? address : port;
    const known = this.#seen.get(place);
    // The preload knows more about a port than its socket shows.
    if (known !== undefined && (known.protocol !== 'unknown' || foundBy !== 'preload')) return;
    const candidate = { pid, hosts: toHosts(address), port, place, protocol };
    this.#seen.set(place, candidate);
    this.#recorder.record(fact);
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
          this.#questions.ask({ protocol, host, port: candidate.port }, candidate),
        );
        if (server !== undefined && !this.#stop.signal.aborted) {
          this.#offer(candidate, server);
          return;
        }
        await delay(pollMs);
        continue;
      }
      for (const protocol of protocolsToTry[candidate.protocol]) {
        for (const host of candidate.hosts) {
          const server = await this.#questions.ask({ protocol, host, port: candidate.port }, candidate);
          if (server !== undefined && !this.#stop.signal.aborted) {
            this.#offer(candidate, server);
            return;
          }
        }
      }
      await delay(pollMs);
    }
  }

  /** What listened first is what the program is for; an admin port beside it may only answer faster. */
  #offer(candidate: Candidate, server: FoundServer): void {
    this.#offers.set(candidate.place, server);
    const choose = () => {
      const place = [...this.#seen.keys()].find((one) => this.#offers.has(one));
      const chosen = place === undefined ? undefined : this.#offers.get(place);
      if (chosen !== undefined) this.#found(chosen);
    };
    const [first] = this.#seen.keys();
    if (candidate.place === first) choose();
    else if (this.#offers.size === 1) setTimeout(choose, firstPortMs);
  }
}
