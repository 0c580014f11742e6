import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from './ast/callee-name.js';
import { moduleOf } from './ast/module.js';
import type { Node, SourceCode } from './ast/types.js';
import type { SignalHandler } from './model/model.js';
import { stopSignalsIn } from './model/stop-signals.js';

/** A node that a problem is about as well: the handler, the close, the exit. */
export interface RelatedNode {
  readonly node: Node;
  readonly message: string;
}

/** Where such a node stands. */
export interface RelatedPlace {
  /** Absolute path; null for the linted file itself. */
  readonly file: string | null;
  readonly loc: TSESTree.SourceLocation;
  readonly message: string;
}

/** What a problem has to say beyond its message: ESLint's messages have no place for it, editors have. */
export interface ProblemDetails {
  readonly related: readonly RelatedPlace[];
  /** Whether the code that is reported never runs. */
  readonly isDead: boolean;
}

/** The place of a problem, as ESLint's messages give it: lines and columns from 1. */
interface Reported {
  readonly ruleId: string | null;
  readonly messageId?: string | undefined;
  readonly line: number;
  readonly column: number;
}

const NONE: ProblemDetails = { related: [], isDead: false };

const details = new WeakMap<SourceCode, Map<string, ProblemDetails>>();

/** Keeps the details of a problem that a rule reports, for as long as the text it was found in. */
export function remember(
  sourceCode: SourceCode,
  ruleName: string,
  problem: {
    readonly node: Node;
    readonly messageId: string;
    readonly related?: readonly RelatedNode[];
    readonly isDead?: boolean;
  },
): void {
  const { node, messageId, related = [], isDead = false } = problem;
  let known = details.get(sourceCode);
  if (!known) details.set(sourceCode, (known = new Map()));
  const { line, column } = node.loc.start;
  const others = related.filter((each, index) =>
    related.every((other, at) => at >= index || other.node !== each.node),
  );
  known.set(keyOf(ruleName, messageId, line, column + 1), {
    related: others
      .filter((each) => each.node !== node)
      .map((each) => {
        const { ast, file } = moduleOf(each.node);
        return { file: ast === sourceCode.ast ? null : file, loc: each.node.loc, message: each.message };
      }),
    isDead,
  });
}

/** The details of a message of one of our rules, whatever the prefix of its name. */
export function detailsOf(
  sourceCode: SourceCode,
  { ruleId, messageId, line, column }: Reported,
): ProblemDetails {
  const name = ruleId?.slice(ruleId.lastIndexOf('/') + 1) ?? '';
  return details.get(sourceCode)?.get(keyOf(name, messageId ?? '', line, column)) ?? NONE;
}

function keyOf(rule: string, messageId: string, line: number, column: number): string {
  return `${rule} ${messageId} ${line}:${column}`;
}

/** Signals as a message names them: those that stop a server; others, that a framework may handle too, only without them. */
export function signalNames(signals: readonly string[]): string {
  const stopping = stopSignalsIn(signals);
  return (stopping.length > 0 ? stopping : [...new Set(signals)]).join(' and ');
}

/** The handlers of signals, as places. */
export function handlerPlaces(handlers: readonly SignalHandler[]): RelatedNode[] {
  return handlers.map(({ registration, signals }) => ({
    node: calleeName(registration),
    message: `the handler of ${signals ? signalNames(signals) : 'a signal'}`,
  }));
}
