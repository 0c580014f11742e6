import tls from 'node:tls';
import type { ListenerProtocol } from '../timeline/events.js';
import { toEndpoint } from '../traffic/connection.js';
import { within } from '../wait.js';
import { isAccepting } from './http-probe.js';

/** A server that speaks TLS greets within this time. */
const greetingMs = 1_000;

/** What a port speaks below a protocol that is not known: TCP in clear or TLS; undefined where nothing accepts. */
export async function findTransport(
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
