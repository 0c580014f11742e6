/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS: only that can be loaded by --require everywhere */
// Tells of the moment in which the process ends itself, and where in the source that is. It ends at once, so a file gets
// the word and not the channel.
import fs = require('node:fs');
import type { EndOfProcess } from './protocol.js' with { 'resolution-mode': 'import' };
import places = require('./places.cjs');
import wrapping = require('./wrapping.cjs');

const { appendFileSync } = fs;
const { hrtime } = process;

let file = '';
/** What was thrown and is being dealt with. */
let thrown: { readonly error: unknown } | undefined;
let isToldOfException = false;

/** From now on tells the file at `path` of what ends this process. */
function watch(path: string): void {
  file = path;
  wrapping.before(process, 'reallyExit', (_, [code]) => {
    tell('exit', typeof code === 'number' ? code : null);
  });
  wrapping.before(process, 'abort', () => {
    tell('abort', null);
  });
  wrapping.before(process, 'kill', (_, [pid, signal = 'SIGTERM']) => {
    // 0 as the process is the own group, 0 as the signal only asks; a signal that is handled ends nothing.
    const isOwn = Number(pid) === process.pid || Number(pid) === 0;
    if (isOwn && signal !== 0 && process.listenerCount(String(signal)) === 0) tell('kill', null);
  });
}

/** To be called with each event of the process before its listeners; what it returns, after them with their answer. */
function see(args: readonly unknown[]): ((isHandled: boolean) => void) | undefined {
  const [event, value] = args;
  if (
    event === 'unhandledRejection' ||
    event === 'uncaughtExceptionMonitor' ||
    event === 'uncaughtException'
  ) {
    thrown = { error: value };
    return (isHandled) => {
      // Where nobody deals with it the process ends, after one more event; of a rejection that comes back as an exception.
      if (event === 'unhandledRejection' || (event === 'uncaughtException' && isHandled)) thrown = undefined;
    };
  }
  if (event === 'exit' && thrown !== undefined) tell('exit', typeof value === 'number' ? value : null);
  return undefined;
}

function tell(by: 'exit' | 'abort' | 'kill', exitCode: number | null): void {
  const { isMainThread } = require('node:worker_threads') as typeof import('node:worker_threads');
  // A worker ends only its thread.
  if (!isMainThread || isToldOfException) return;
  const cause = thrown?.error;
  const origin = places.takeOrigin();
  const where = (cause instanceof Error ? places.findLine(cause) : undefined) ?? places.findLine(origin);
  const library =
    where === undefined ? places.findPackage(cause instanceof Error ? cause : origin) : undefined;
  const message = thrown === undefined ? undefined : toMessage(cause);
  if (where === undefined && library === undefined && message === undefined) return;
  const end: EndOfProcess = {
    pid: process.pid,
    atNs: String(hrtime.bigint()),
    by: thrown === undefined ? by : 'exception',
    exitCode,
    ...(where === undefined ? {} : { where }),
    ...(library === undefined ? {} : { package: library }),
    ...(message === undefined ? {} : { message }),
  };
  isToldOfException = thrown !== undefined;
  appendFileSync(file, `${JSON.stringify(end)}\n`);
}

function toMessage(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.split('\n', 1)[0]?.slice(0, 200) ?? '';
}

export = { watch, see };
