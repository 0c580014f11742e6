import { github } from './github.js';
import { html } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { pretty } from './pretty.js';
import type { Reporter } from './reporter.js';
import { sarif } from './sarif.js';

export type { Reporter, ReportOptions } from './reporter.js';

/** Every way to write a report down. */
export const reporters = { pretty, json, junit, sarif, github, markdown, html } as const satisfies Record<
  string,
  Reporter
>;

export type ReporterName = keyof typeof reporters;

/** The reporter with this name, or `undefined` where there is none. */
export function findReporter(name: string): Reporter | undefined {
  return Object.hasOwn(reporters, name) ? reporters[name as ReporterName] : undefined;
}
