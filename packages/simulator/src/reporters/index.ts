import { json } from './json.js';
import { pretty } from './pretty.js';

export type { PrettyOptions } from './pretty.js';

/** Every way to write a report down. */
export const reporters = { pretty, json };
