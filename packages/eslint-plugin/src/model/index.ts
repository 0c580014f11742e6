export { lifecycleOf } from './build.js';
export type { Reach, ServerLifecycle, ServerSite, SignalHandler, Unknown } from './model.js';
