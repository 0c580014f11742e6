import http from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';
import { holdHeader } from '../preload/protocol.js';
import { Recorder } from '../timeline/recorder.js';
import {
  openConnection,
  toAuthority,
  toEndpoint,
  toHttpEndpoint,
  type ServerAddress,
} from '../traffic/connection.js';
import { within } from '../wait.js';

/** That a server answered, whatever the status. */
export interface ProbeAnswer {
  readonly statusCode: number;
  /** Milliseconds until the head of the response had arrived. */
  readonly durationMs: number;
  /** Whether the response came to its end soon after; an endless stream does not. */
  readonly isFinite: boolean;
}

/** A response that has begun gets this long to end before it counts as endless. */
const bodyTimeMs = 2_000;

/** One request on a connection of its own. Rejects when there is no HTTP response, or on abort. */
export async function probe(
  server: ServerAddress,
  path: string,
  request: string,
  timeoutMs: number,
  abortSignal: AbortSignal,
): Promise<ProbeAnswer> {
  abortSignal.throwIfAborted();
  const isHttp2 = server.protocol === 'http2' || server.protocol === 'http2s';
  return (isHttp2 ? probeHttp2 : probeHttp1)(server, path, request, timeoutMs, abortSignal);
}

async function probeHttp2(
  server: ServerAddress,
  path: string,
  request: string,
  timeoutMs: number,
  abortSignal: AbortSignal,
): Promise<ProbeAnswer> {
  // What this asks is no part of the run's traffic, so it has a recorder of its own.
  const recorder = new Recorder();
  const connection = openConnection({ id: request, probe: 'new-connection', server, recorder });
  const stop = () => {
    connection.destroy();
  };
  abortSignal.addEventListener('abort', stop);
  try {
    const sent = connection.send({
      id: request,
      path,
      purpose: 'warm-up',
      headers: { [holdHeader]: `0;${request}` },
    });
    const outcome = await within(sent.outcome, timeoutMs);
    if (outcome?.kind !== 'complete') throw new Error(outcome?.detail ?? 'no response in time');
    return { statusCode: outcome.statusCode, durationMs: outcome.durationMs, isFinite: true };
  } finally {
    abortSignal.removeEventListener('abort', stop);
    connection.destroy();
  }
}

function probeHttp1(
  server: ServerAddress,
  path: string,
  request: string,
  timeoutMs: number,
  abortSignal: AbortSignal,
): Promise<ProbeAnswer> {
  const startMs = performance.now();
  const isSecure = server.protocol === 'https';
  return new Promise((resolve, reject) => {
    const outgoing = (isSecure ? https : http).request({
      agent: false,
      ...toHttpEndpoint(server),
      path,
      signal: abortSignal,
      timeout: timeoutMs,
      ...(isSecure ? { rejectUnauthorized: false, servername: 'localhost' } : {}),
      // Zero milliseconds: nothing is held, but the preload tells in which process the request arrived.
      headers: {
        host: toAuthority(server),
        'user-agent': 'sigterm',
        accept: '*/*',
        ...server.headers,
        [holdHeader]: `0;${request}`,
      },
    });
    outgoing.on('error', reject);
    outgoing.once('timeout', () => outgoing.destroy(new Error('no response in time')));
    outgoing.once('response', (response) => {
      const statusCode = response.statusCode ?? 0;
      const durationMs = performance.now() - startMs;
      const settle = (isFinite: boolean) => {
        clearTimeout(timer);
        resolve({ statusCode, durationMs, isFinite });
        outgoing.destroy();
      };
      const timer = setTimeout(() => {
        settle(false);
      }, bodyTimeMs);
      response.resume();
      response.on('error', () => {
        settle(false);
      });
      response.once('end', () => {
        settle(true);
      });
    });
    outgoing.end();
  });
}

/** Whether something accepts connections there. */
export function isAccepting(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...toEndpoint({ host, port }), timeout: 1_000 });
    const settle = (accepts: boolean) => {
      socket.destroy();
      resolve(accepts);
    };
    socket.once('connect', () => {
      settle(true);
    });
    socket.once('error', () => {
      settle(false);
    });
    socket.once('timeout', () => {
      settle(false);
    });
  });
}
