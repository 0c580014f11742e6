import type { ProbeKind } from '../timeline/events.js';
import { HeldRequests } from './held-request.js';
import { IdleConnections } from './idle-connection.js';
import { NewConnections } from './new-connection.js';
import type { Probe, ProbeContext } from './probe.js';
import { WebSocketClients } from './websocket.js';

/** How each kind of traffic is made. */
export const probes: { readonly [Kind in ProbeKind]: (context: ProbeContext) => Probe } = {
  'held-request': (context) => new HeldRequests(context),
  'idle-connection': (context) => new IdleConnections(context),
  'new-connection': (context) => new NewConnections(context),
  websocket: (context) => new WebSocketClients(context),
};
