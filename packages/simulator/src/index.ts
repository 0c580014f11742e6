export { SimulationError, type ErrorCode } from './errors.js';
export type { SimulateHooks, SimulateOptions, Plan } from './options.js';
export { simulate } from './simulate.js';
