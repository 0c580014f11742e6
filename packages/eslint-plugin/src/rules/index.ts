import { requireDrainTimeout } from './require-drain-timeout.js';
import { requireSignalHandlers } from './require-signal-handlers.js';

/** Every rule, by the name users write. */
export const rules = {
  'require-drain-timeout': requireDrainTimeout,
  'require-signal-handlers': requireSignalHandlers,
};
