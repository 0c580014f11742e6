import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { SimulationError } from './errors.js';
import type { Plan } from './options.js';
import { isAccepting } from './process/http-probe.js';
import type { Run } from './timeline/recording.js';

/** What stands for a free port in the command or in a variable of its environment; each start gets one of its own. */
const placeholder = '{port}';

/** Where a start of the target listens: its command and environment with a port of its own in them. */
export interface Placed {
  readonly plan: Plan;
  readonly environment: NodeJS.ProcessEnv;
}

/** Whether the user has said where the port goes. */
export function hasPlaceholder({ plan, environment }: Placed): boolean {
  return [...plan.command, ...Object.values(environment)].some((text) => text?.includes(placeholder));
}

/**
 * Puts a free port where the placeholder stands.
 *
 * @param isOffered Whether it is also given as `PORT`, which many servers follow, where that says nothing yet.
 */
export async function placePort({ plan, environment }: Placed, isOffered: boolean): Promise<Placed> {
  const isNeeded = hasPlaceholder({ plan, environment });
  const isFollowed = isOffered && !isNeeded && environment['PORT'] === undefined;
  if (!isNeeded && !isFollowed) return { plan, environment };
  const port = String(await findFreePort());
  const put = <Text extends string | undefined>(text: Text) => text?.replaceAll(placeholder, port) as Text;
  const [program, ...words] = plan.command;
  return {
    plan: { ...plan, command: [put(program), ...words.map(put)] },
    environment: {
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, put(value)])),
      ...(isFollowed ? { PORT: port } : {}),
    },
  };
}

/** Fails where something else has the port that the target is said to have. */
export async function refuseTakenPort(plan: Plan): Promise<void> {
  const url = plan.url ?? (plan.port === undefined ? undefined : `http://localhost:${String(plan.port)}`);
  if (url === undefined) return;
  const { hostname, port, protocol, pathname } = new URL(url);
  if (protocol === 'unix:') {
    if (await isAccepting(decodeURI(pathname), 0)) throw new SimulationError('port-taken', { url });
    return;
  }
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  const hosts = hostname === 'localhost' ? ['127.0.0.1', '::1'] : [hostname.replace(/^\[|\]$/g, '')];
  for (const host of hosts)
    if (await isAccepting(host, number)) throw new SimulationError('port-taken', { url });
}

/** Whether two starts of the target have listened nowhere at the same place, so that they could at the same time. */
export function areApart(one: Pick<Run, 'events'>, other: Pick<Run, 'events'>): boolean {
  const places = placesOf(one);
  const others = placesOf(other);
  return places.size > 0 && others.size > 0 && [...others].every((place) => !places.has(place));
}

function placesOf({ events }: Pick<Run, 'events'>): Set<string | number> {
  return new Set(
    events.flatMap((event) =>
      event.type === 'listening' ? [event.port === 0 ? event.address : event.port] : [],
    ),
  );
}

/** Below what systems give to clients, which could else take the port before the target does. */
const leastPort = 10_240;
const mostPort = 32_767;
/** Given out already: two starts that begin together must not get the same. */
const given = new Set<number>();

async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(leastPort, mostPort);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
