import { noExitBeforeClose } from './no-exit-before-close.js';
import { requireDrainTimeout } from './require-drain-timeout.js';
import { requireServerClose } from './require-server-close.js';
import { requireSignalHandlers } from './require-signal-handlers.js';

/** Every rule, by the name users write. */
export const rules = {
  'no-exit-before-close': noExitBeforeClose,
  'require-drain-timeout': requireDrainTimeout,
  'require-server-close': requireServerClose,
  'require-signal-handlers': requireSignalHandlers,
};
