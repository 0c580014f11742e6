import type { TSESLint } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import type { Node, SourceCode } from '../ast/types.js';
import { findVariable } from '../ast/variable.js';
import { createRule } from '../create-rule.js';
import { findLeftOpen, type Attached } from '../model/find-attached-servers.js';
import type { ServerSite, Shutdown } from '../model/model.js';
import { stopSignalsIn } from '../model/stop-signals.js';
import { statementOfClose } from '../fix/statement-of-close.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export interface RequireConnectionTeardownOptions {
  /** Whether a drain that a deadline ends is reported too. */
  readonly evenIfBounded: boolean;
  readonly fix?: never;
}

export const requireConnectionTeardown = createRule<RequireConnectionTeardownOptions, 'never' | 'deadline'>({
  name: 'require-connection-teardown',
  description: 'Require the drain of a server to close the WebSockets attached to it',
  recommended: 'error',
  strictOptions: { evenIfBounded: true },
  messages: {
    never:
      'The {{signals}} handler closes this server, but not the WebSockets of the {{kind}} server attached to it: close() waits for them, and nothing ends them, so that one open WebSocket keeps the process until the platform kills it. Tell the clients to leave: {{advice}}',
    deadline:
      'The {{signals}} handler closes this server, but not the WebSockets of the {{kind}} server attached to it: close() waits for them, so that one open WebSocket makes every drain last until its deadline, and fail. Tell the clients to leave: {{advice}}',
  },
  suggestion: 'Tell the clients of the {{kind}} server to leave.',
  properties: {
    evenIfBounded: {
      type: 'boolean',
      description: 'Whether a drain that a deadline ends is reported too.',
    },
  },
  defaults: { evenIfBounded: false },
  *check({ options, sourceCode, lifecycle, sites }) {
    for (const site of sites) {
      const shutdowns = lifecycle.shutdownsOf(site).filter(isOfStopSignal);
      // What ends them in one handler may stand in another of the same signal.
      const open = shutdowns.map((shutdown) => findLeftOpen(shutdown, site));
      const [first = []] = open;
      for (const attached of first) {
        if (!open.every((each) => each.some(({ creation }) => creation === attached.creation))) continue;
        const isBounded = shutdowns.map((shutdown) => shutdown.isBounded);
        if (isBounded.includes('unknown')) continue;
        const isNever = isBounded.includes('no');
        if (!isNever && !options.evenIfBounded) continue;
        const name = nameOf(attached);
        const advice = attached.framework.closeAttached?.(name ?? 'sockets').leave ?? '';
        yield {
          node: calleeName(site.listen),
          messageId: isNever ? 'never' : 'deadline',
          data: {
            signals: signalsOf(shutdowns),
            kind: attached.framework.id,
            advice,
          },
          related: [
            { node: attached.creation, message: `the ${attached.framework.id} server` },
            ...handlerPlaces(shutdowns.map(({ handler }) => handler)),
          ],
          fix: () => (name === null ? null : leaveFirst(sourceCode, site, shutdowns, attached, name, advice)),
        };
      }
    }
  },
});

function isOfStopSignal({ handler }: Shutdown): boolean {
  return handler.signals === null || stopSignalsIn(handler.signals).length > 0;
}

function signalsOf(shutdowns: readonly Shutdown[]): string {
  return signalNames(shutdowns.flatMap(({ handler }) => handler.signals ?? []));
}

/** The constant that holds it. */
function nameOf({ creation: { parent } }: Attached): string | null {
  const isConstant =
    parent.type === 'VariableDeclarator' &&
    parent.parent.type === 'VariableDeclaration' &&
    parent.parent.kind === 'const';
  return isConstant && parent.id.type === 'Identifier' ? parent.id.name : null;
}

/** The edit that puts the farewell before the statement that closes the server; null where it cannot see the name. */
function leaveFirst(
  sourceCode: SourceCode,
  site: ServerSite,
  shutdowns: readonly Shutdown[],
  { creation }: Attached,
  name: string,
  advice: string,
): TSESLint.ReportFixFunction | null {
  const statements = new Set<Node | null>(shutdowns.map((shutdown) => statementOfClose(shutdown, site)));
  const [statement] = statements;
  if (!statement || statements.size > 1 || moduleOf(statement).ast !== sourceCode.ast) return null;
  const declared = creation.parent.type === 'VariableDeclarator' ? creation.parent.id : null;
  const variable = declared?.type === 'Identifier' ? findVariable(declared) : null;
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope?.(statement as never) ?? null;
  while (scope && !scope.set.has(name)) scope = scope.upper;
  if (!variable || scope?.set.get(name) !== variable) return null;
  const line = sourceCode.lines[statement.loc.start.line - 1] ?? '';
  const indent = line.slice(0, statement.loc.start.column);
  return (fixer) =>
    fixer.insertTextBefore(statement, indent.trim() === '' ? `${advice}\n${indent}` : `${advice} `);
}
