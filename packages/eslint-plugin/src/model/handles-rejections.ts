import { moduleOf } from '../ast/module.js';
import type { Node } from '../ast/types.js';
import { oncePerLook, textOf } from '../modules/disk.js';
import { processOf } from '../modules/graph.js';

/**
 * Whether something in the process may listen for rejections that nobody handles, so that they do not end it: a listener
 * of its own, or a package that reports errors, each of which installs one.
 */
export function handlesRejections(node: Node): boolean {
  const { text, file } = moduleOf(node);
  return LISTENS.test(text) || (file !== '' && isListening(file));
}

const isListening = oncePerLook((file): boolean =>
  [file, ...processOf(file).files].some((each) => LISTENS.test(textOf(each))),
);

const LISTENS =
  /unhandled-?rejection|uncaught-?exception|handleRejections|handleExceptions|sentry|bugsnag|rollbar|airbrake|honeybadger|raygun|newrelic|elastic-apm|dd-trace|applicationinsights|loud-rejection|hard-rejection|make-promises-safe|trigger\.dev|async-exit-hook|node-cleanup|close-with-grace|lightship|prexit/i;
