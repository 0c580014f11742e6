import { drainTimeoutWithinGracePeriod } from './drain-timeout-within-grace-period.js';
import { noAsyncExitHook } from './no-async-exit-hook.js';
import { noExitBeforeClose } from './no-exit-before-close.js';
import { noForceClose } from './no-force-close.js';
import { noIneffectiveClose } from './no-ineffective-close.js';
import { noKeepAliveLinger } from './no-keep-alive-linger.js';
import { noOnceSignalHandler } from './no-once-signal-handler.js';
import { noUnarmedShutdownLibrary } from './no-unarmed-shutdown-library.js';
import { noUncatchableSignal } from './no-uncatchable-signal.js';
import { noUnguardedSignalHandler } from './no-unguarded-signal-handler.js';
import { noUnhandledShutdownRejection } from './no-unhandled-shutdown-rejection.js';
import { requireConnectionTeardown } from './require-connection-teardown.js';
import { requireDrainTimeout } from './require-drain-timeout.js';
import { requireResourceClose } from './require-resource-close.js';
import { requireServerClose } from './require-server-close.js';
import { requireSignalHandlers } from './require-signal-handlers.js';
import { shutdownOrder } from './shutdown-order.js';

/** Every rule, by the name users write. */
export const rules = {
  'drain-timeout-within-grace-period': drainTimeoutWithinGracePeriod,
  'no-async-exit-hook': noAsyncExitHook,
  'no-exit-before-close': noExitBeforeClose,
  'no-force-close': noForceClose,
  'no-ineffective-close': noIneffectiveClose,
  'no-keep-alive-linger': noKeepAliveLinger,
  'no-once-signal-handler': noOnceSignalHandler,
  'no-unarmed-shutdown-library': noUnarmedShutdownLibrary,
  'no-uncatchable-signal': noUncatchableSignal,
  'no-unguarded-signal-handler': noUnguardedSignalHandler,
  'no-unhandled-shutdown-rejection': noUnhandledShutdownRejection,
  'require-connection-teardown': requireConnectionTeardown,
  'require-drain-timeout': requireDrainTimeout,
  'require-resource-close': requireResourceClose,
  'require-server-close': requireServerClose,
  'require-signal-handlers': requireSignalHandlers,
  'shutdown-order': shutdownOrder,
};
