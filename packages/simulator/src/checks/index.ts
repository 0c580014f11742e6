import { budgetLine } from './budget.js';
import type { Check } from './check.js';
import { connectionClose } from './connection-close.js';
import { driver } from './driver.js';
import { endless } from './endless.js';
import { container } from './container.js';
import { exitCode } from './exit-code.js';
import { exitsInGracePeriod } from './exits-in-grace-period.js';
import { goaway } from './goaway.js';
import { grpc, grpcStream } from './grpc.js';
import { halfRequest } from './half-request.js';
import { idleConnections } from './idle-connections.js';
import { inFlightRequests } from './in-flight-requests.js';
import { keptAlive } from './kept-alive.js';
import { keepAliveLinger } from './keep-alive-linger.js';
import { orphans } from './orphans.js';
import { pods } from './pods.js';
import { pipelined } from './pipelined.js';
import { reuseRace } from './reuse-race.js';
import { rollout } from './rollout.js';
import { secondSignal } from './second-signal.js';
import { silentSocket } from './silent-socket.js';
import { sse } from './sse.js';
import { streaming } from './streaming.js';
import { tcp } from './tcp.js';
import { upload } from './upload.js';
import { websocket } from './websocket.js';
import { readiness } from './readiness.js';
import { startUp } from './start-up.js';
import { stopsAccepting } from './stops-accepting.js';
import { terminal } from './terminal.js';
import { wrapper } from './wrapper.js';

/** Every check, in the order in which reports show them. */
export const checks: readonly Check[] = [
  inFlightRequests,
  rollout,
  websocket,
  sse,
  grpc,
  grpcStream,
  tcp,
  streaming,
  upload,
  pipelined,
  reuseRace,
  silentSocket,
  halfRequest,
  endless,
  stopsAccepting,
  readiness,
  idleConnections,
  connectionClose,
  goaway,
  keepAliveLinger,
  keptAlive,
  exitsInGracePeriod,
  pods,
  budgetLine,
  exitCode,
  orphans,
  wrapper,
  secondSignal,
  startUp,
  terminal,
  container,
  driver,
];
