import type { ProbeKind } from '../timeline/events.js';
import { EndlessRequests } from './endless-request.js';
import { GrpcCalls } from './grpc-call.js';
import { GrpcStreams } from './grpc-stream.js';
import { HalfRequests } from './half-request.js';
import { EventStreams } from './event-stream.js';
import { HeldRequests } from './held-request.js';
import { IdleConnections } from './idle-connection.js';
import { NewConnections } from './new-connection.js';
import { PipelinedRequests } from './pipelined-request.js';
import type { Probe, ProbeContext } from './probe.js';
import { ReusingClients } from './reusing-client.js';
import { SilentSockets } from './silent-socket.js';
import { SteadyClients } from './steady-client.js';
import { StreamedResponses } from './streamed-response.js';
import { TcpConnections } from './tcp-connection.js';
import { Uploads } from './upload.js';
import { WebSocketClients } from './websocket.js';
import { ReadinessProbes } from './readiness.js';

/** How each kind of traffic is made. */
export const probes: { readonly [Kind in ProbeKind]: (context: ProbeContext) => Probe } = {
  'held-request': (context) => new HeldRequests(context),
  'idle-connection': (context) => new IdleConnections(context),
  'new-connection': (context) => new NewConnections(context),
  'streamed-response': (context) => new StreamedResponses(context),
  upload: (context) => new Uploads(context),
  'pipelined-request': (context) => new PipelinedRequests(context),
  'reusing-client': (context) => new ReusingClients(context),
  'silent-socket': (context) => new SilentSockets(context),
  'half-request': (context) => new HalfRequests(context),
  'endless-request': (context) => new EndlessRequests(context),
  websocket: (context) => new WebSocketClients(context),
  'event-stream': (context) => new EventStreams(context),
  'tcp-connection': (context) => new TcpConnections(context),
  'grpc-call': (context) => new GrpcCalls(context),
  'grpc-stream': (context) => new GrpcStreams(context),
  'steady-client': (context) => new SteadyClients(context),
  readiness: (context) => new ReadinessProbes(context),
};
