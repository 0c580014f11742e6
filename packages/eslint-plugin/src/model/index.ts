export { lifecycleOf } from './build.js';
export type { Reach, ServerLifecycle, ServerSite, SignalHandler, Unknown } from './model.js';
export { forgetDisk, rememberDisk } from '../modules/disk.js';
export { mentionsLifecycle } from '../mention.js';
export { detailsOf, type ProblemDetails, type RelatedPlace } from '../problem-details.js';
