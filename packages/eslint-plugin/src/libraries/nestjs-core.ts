import type { Node } from '../ast/types.js';
import type { Ask, LibraryAdapter } from './adapter.js';
import { findMethodCall, isConstant } from './forms.js';

/** What it handles unless it is told: every member of `ShutdownSignal`. */
export const NEST_SIGNALS: readonly string[] =
  'SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGSEGV SIGUSR2 SIGTERM'.split(' ');

/**
 * Nest 11 and 12: `app.enableShutdownHooks()` runs the hooks and closes the application, without a deadline, then
 * raises the signal again, or exits with 0 on `useProcessExit`. Run: it drains, and a second signal
 * is ignored; a stuck request holds it for ever, and `forceCloseConnections` cuts everything at 0.0 s. Without that
 * call nothing is handled, so the package alone says nothing.
 */
export const nestjsCore: LibraryAdapter = {
  id: 'nestjs-core',
  packages: [],
  methods: ['enableShutdownHooks'],
  find(call, ask) {
    const called = findMethodCall(call);
    if (called?.method !== 'enableShutdownHooks') return null;
    // An application that was injected or passed in is one all the same: no other has the method.
    const framework = ask.framework(called.receiver);
    if (framework !== null && framework !== 'nest') return null;
    const [list] = call.arguments;
    const made = ask.made(called.receiver);
    const forced = made && made.arguments.map((_, index) => ask.option(made, index, 'forceCloseConnections'));
    const isForced = forced?.some((value) => isConstant(ask, value, true));
    return {
      signals: list ? signalsIn(ask, list) : NEST_SIGNALS,
      closes: [called.receiver],
      deadlineMs: null,
      exits: true,
      ...(isForced && { loses: '`forceCloseConnections` destroys every connection 0 ms after the signal' }),
    };
  },
};

/** Names, or members of the enum `ShutdownSignal`; an empty list means all. */
export function signalsIn(ask: Ask, list: Node): readonly string[] | null {
  const elements = ask.elements(list);
  const names = elements ? elements.map((element) => nameOf(ask, element)) : (ask.strings(list) ?? [null]);
  const known = names.filter((name) => name !== null);
  if (known.length < names.length) return null;
  return known.length === 0 ? NEST_SIGNALS : known;
}

function nameOf(ask: Ask, signal: Node): string | null {
  const [owner, member] = ask.origin(signal)?.path ?? [];
  return owner === 'ShutdownSignal' && member ? member : (ask.strings(signal)?.[0] ?? null);
}
