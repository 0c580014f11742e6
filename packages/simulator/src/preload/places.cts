/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS: only that can be loaded by --require everywhere */
// Says which line of the application a call came from.
import path = require('node:path');
import url = require('node:url');
import type { SourceLine } from './protocol.js' with { 'resolution-mode': 'import' };

/** Its stack is formatted, and mapped to the source, only when it is asked for. */
interface Origin {
  readonly stack?: unknown;
}

/** Far enough down to leave a driver and its pool, or a framework, behind. */
const framesKept = 60;

/** A call of `process.exit`, also of a function that has taken its place. */
const exitFrame = /at process\.(?:exit|reallyExit|\S+ \[as (?:exit|reallyExit)\]) \(.*\n/;

/** Where our own code stands, as it runs and as its source map has it. */
const ownFolders = [__dirname, path.join(__dirname, '..', '..', 'src', 'preload')];

/** Remembers where this is called. */
function takeOrigin(): Origin {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = framesKept;
  const origin = new Error();
  Error.stackTraceLimit = limit;
  return origin;
}

/** The innermost line of the application; undefined where only packages and node itself were involved. */
function findLine(origin: Origin | undefined): SourceLine | undefined {
  return findLines(origin).find(({ file }) => !isPackage(file));
}

/** The innermost line of the application; where only packages were involved, the innermost of theirs. */
function findAnyLine(origin: Origin | undefined): SourceLine | undefined {
  return findLine(origin) ?? findLines(origin)[0];
}

/** The package that a call came from, where only packages and node itself were involved. */
function findPackage({ stack }: Origin): string | undefined {
  // What has wrapped `process.exit`, or what that calls, is not who has called it.
  const callers = typeof stack === 'string' ? stack.split(exitFrame).at(-1) : stack;
  const [innermost] = findLines({ stack: callers });
  return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(innermost?.file ?? '')?.[1];
}

function isPackage(file: string): boolean {
  return /[\\/](?:node_modules|\.yarn)[\\/]/.test(file);
}

function findLines(origin: Origin | undefined): SourceLine[] {
  const stack = origin?.stack;
  // An application may have replaced what makes the text of a stack.
  if (typeof stack !== 'string') return [];
  return stack.split('\n').flatMap((text) => {
    const match = /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/.exec(
      text.trim(),
    );
    if (match === null) return [];
    const [, place = '', line, column] = match;
    const file = place.startsWith('file:') ? url.fileURLToPath(place) : place;
    if (ownFolders.includes(path.dirname(file))) return [];
    return [{ file, line: Number(line), column: Number(column) }];
  });
}

export = { takeOrigin, findLine, findAnyLine, findPackage };
