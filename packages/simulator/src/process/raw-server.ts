import { setTimeout as delay } from 'node:timers/promises';
import tls from 'node:tls';
import type { Plan } from '../options.js';
import type { ListenerProtocol } from '../timeline/events.js';
import { toEndpoint, type ServerAddress } from '../traffic/connection.js';
import { within } from '../wait.js';
import type { Candidate, FoundServer } from './questions.js';
import { isAccepting } from './http-probe.js';
import { protocolsToTry } from './reach.js';

/** A server that speaks TLS greets within this time. */
const greetingMs = 1_000;

/** How long a port of which it is not known may take to show that it speaks HTTP. */
const httpTrialMs = 1_500;

/** A server for which HTTP is not tried, or does not work; only after a while one that speaks HTTP after all. */
export async function findRaw(
  candidate: Candidate,
  plan: Plan,
  ask: (protocol: ServerAddress['protocol'], host: string) => Promise<FoundServer | undefined>,
): Promise<FoundServer | undefined> {
  const { port, protocol, pid } = candidate;
  const isUnsure = protocol === 'net' || protocol === 'tls' || protocol === 'unknown';
  for (const host of candidate.hosts) {
    const startMs = performance.now();
    const transport = await findTransport(host, port, isUnsure ? protocol : 'net');
    if (transport === undefined) continue;
    const raw = {
      address: { protocol: transport, host, port },
      pid,
      instrumented: false,
      quickPath: '/',
      statusCode: 0,
      durationMs: performance.now() - startMs,
    };
    // Who asks for nothing else knows what it is, and a request would only be garbage to it.
    const isSure = plan.scenarios.every((id) => id === 'tcp');
    if (isUnsure && isSure) return raw;
    const answers = protocolsToTry[protocol].map(async (one) => {
      const server = await ask(one, host);
      if (server === undefined) throw new Error('no answer');
      return server;
    });
    const found = await within(
      Promise.any(answers).catch(() => undefined),
      isUnsure ? httpTrialMs : plan.readyTimeoutMs,
    );
    if (isUnsure && found === undefined) return raw;
    // Another port may be the one that is looked for.
    await delay(2 * httpTrialMs);
    return found;
  }
  return undefined;
}

/** What a port speaks below a protocol that is not known: TCP in clear or TLS; undefined where nothing accepts. */
async function findTransport(
  host: string,
  port: number,
  protocol: ListenerProtocol,
): Promise<'tcp' | 'tls' | undefined> {
  if (!(await isAccepting(host, port))) return undefined;
  if (protocol === 'net') return 'tcp';
  if (protocol === 'tls') return 'tls';
  return (await speaksTls(host, port)) ? 'tls' : 'tcp';
}

async function speaksTls(host: string, port: number): Promise<boolean> {
  const socket = tls.connect({
    ...toEndpoint({ host, port }),
    rejectUnauthorized: false,
    servername: 'localhost',
  });
  const greeted = new Promise<boolean>((resolve) => {
    socket.once('secureConnect', () => {
      resolve(true);
    });
    socket.once('close', () => {
      resolve(false);
    });
    socket.on('error', () => undefined);
  });
  const isSecure = await within(greeted, greetingMs);
  socket.destroy();
  return isSecure === true;
}
