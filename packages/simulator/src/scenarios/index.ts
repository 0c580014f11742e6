import type { AnyScenarioId, Scenario, ScenarioId } from './scenario.js';

export type { AnyScenarioId, Scenario, ScenarioId } from './scenario.js';

/** Every scenario that can be chosen, in the order in which reports show them. */
export const scenarios = {
  'in-flight': {
    about: 'requests whose response is still being worked on',
    isDefault: true,
    probes: ['held-request'],
    act: 'once',
    needsOwnStart: false,
  },
  idle: {
    about: 'keep-alive connections on which nothing is asked',
    isDefault: true,
    probes: ['idle-connection'],
    act: 'once',
    needsOwnStart: false,
  },
  'new-connections': {
    about: 'clients that connect after the signal',
    isDefault: true,
    probes: ['new-connection'],
    act: 'once',
    needsOwnStart: false,
  },
  streaming: {
    about: 'responses that have begun',
    isDefault: false,
    probes: ['held-request', 'streamed-response'],
    act: 'once',
    // With its head out, a response can no longer say "Connection: close": its connection lingers.
    needsOwnStart: true,
  },
  upload: {
    about: 'requests whose body is still arriving',
    isDefault: false,
    probes: ['held-request', 'upload'],
    act: 'once',
    needsOwnStart: false,
  },
  pipelined: {
    about: 'requests that wait behind another one on their connection',
    isDefault: false,
    probes: ['held-request', 'pipelined-request'],
    act: 'once',
    needsOwnStart: false,
  },
  'reuse-race': {
    about: 'many clients that send on kept-alive connections just then',
    isDefault: false,
    probes: ['held-request', 'reusing-client'],
    act: 'once',
    // It is a load.
    needsOwnStart: true,
  },
  'silent-socket': {
    about: 'connections that are open and say nothing',
    isDefault: false,
    probes: ['held-request', 'silent-socket'],
    act: 'once',
    // Before Node 26 they keep close() from ever finishing, as do the next two.
    needsOwnStart: true,
  },
  'half-request': {
    about: 'connections with half a request head',
    isDefault: false,
    probes: ['held-request', 'half-request'],
    act: 'once',
    needsOwnStart: true,
  },
  endless: {
    about: 'requests that never end, which the server has to cut',
    isDefault: false,
    probes: ['held-request', 'endless-request'],
    act: 'once',
    needsOwnStart: true,
  },
  'second-signal': {
    about: 'the signal once more while requests are being finished',
    isDefault: false,
    probes: ['held-request'],
    act: 'twice',
    needsOwnStart: true,
  },
  sse: {
    about: 'streams of server-sent events, which the server has to end',
    isDefault: false,
    probes: ['event-stream'],
    act: 'once',
    // close() waits for them.
    needsOwnStart: true,
  },
  grpc: {
    about: 'gRPC calls that are in work: grpc=/package.Service/Method',
    isDefault: false,
    probes: ['grpc-call'],
    act: 'once',
    // So that nothing but calls is sent to a server of gRPC.
    needsOwnStart: true,
  },
  'grpc-stream': {
    about: 'gRPC server streams, which the server has to end',
    isDefault: false,
    probes: ['grpc-stream'],
    act: 'once',
    // A shutdown waits for them.
    needsOwnStart: true,
  },
  tcp: {
    about: 'clients of a server that speaks no HTTP; --body is what they send',
    isDefault: false,
    probes: ['tcp-connection'],
    act: 'once',
    // It is another server that is looked for.
    needsOwnStart: true,
  },
  websocket: {
    about: 'WebSocket clients, which are to be told that the server goes away',
    isDefault: false,
    probes: ['websocket'],
    act: 'once',
    // An attached WebSocket keeps close() from ever finishing.
    needsOwnStart: true,
  },
  'start-up': {
    about: 'the signal while it starts: right after the spawn, and when the port has just been opened',
    isDefault: false,
    probes: [],
    act: 'at-spawn',
    alsoActs: ['at-listen'],
    checks: ['container', 'start-up', 'orphans'],
    needsOwnStart: true,
  },
  terminal: {
    about: 'Ctrl-C in a terminal: SIGINT to the command and all it has started',
    isDefault: false,
    probes: ['held-request', 'new-connection'],
    act: 'ctrl-c',
    needsOwnStart: true,
  },
} as const satisfies { readonly [Id in ScenarioId]: Omit<Scenario, 'id'> };

/** What a driver does by itself: nobody chooses it. */
const drivenScenarios = {
  rollout: {
    about: 'clients that ask all the while, as pods are replaced',
    isDefault: false,
    probes: ['steady-client'],
    act: 'once',
    checks: ['rollout', 'pods', 'budget', 'driver'],
    needsOwnStart: true,
  },
} as const satisfies { readonly [Id in Exclude<AnyScenarioId, ScenarioId>]: Omit<Scenario, 'id'> };

/** The scenario with this id, or `undefined` where there is none. */
export function findScenario(id: string): Scenario | undefined {
  const all: Readonly<Record<AnyScenarioId, Omit<Scenario, 'id'>>> = { ...scenarios, ...drivenScenarios };
  return Object.hasOwn(all, id) ? { id: id as AnyScenarioId, ...all[id as AnyScenarioId] } : undefined;
}

/** What one start of the target is for: scenarios that do not disturb each other. */
export interface Start {
  readonly scenarios: readonly Scenario[];
  readonly act: Scenario['act'];
}

/** Puts scenarios that can share a start of the target together, and gives each other one a start of its own. */
export function toStarts(ids: readonly AnyScenarioId[]): Start[] {
  const chosen = ids.flatMap((id) => findScenario(id) ?? []);
  const shared = chosen.filter(({ needsOwnStart }) => !needsOwnStart);
  const own = chosen.filter(({ needsOwnStart }) => needsOwnStart);
  return [
    ...(shared.length > 0 ? [{ scenarios: shared, act: 'once' as const }] : []),
    ...own.flatMap((scenario) =>
      [scenario.act, ...(scenario.alsoActs ?? [])].map((act) => ({ scenarios: [scenario], act })),
    ),
  ];
}
