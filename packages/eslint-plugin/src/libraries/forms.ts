import { propertyName, unwrap } from '../ast/unwrap.js';
import type { Node } from '../ast/types.js';
import type { Creation } from '../frameworks/index.js';
import type { Ask } from './adapter.js';

/** The package of a module: `@apollo/server` of `@apollo/server/standalone`. */
export function packageOf(module: string): string {
  const [first = '', second = ''] = module.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** The name under which one of these packages exports a value, '' for the package itself; null where it is none. */
export function exportOf(ask: Ask, node: Node, packages: readonly string[]): string | null {
  const origin = ask.origin(node);
  return origin && packages.includes(packageOf(origin.module)) ? origin.path.join('.') : null;
}

/** The method that is called and what it is called on: `app.register(…)`; null for any other call. */
export function findMethodCall(call: Creation): { receiver: Node; method: string } | null {
  const callee = unwrap(call.callee);
  const method = call.type === 'CallExpression' ? propertyName(callee) : null;
  return callee.type === 'MemberExpression' && method !== null ? { receiver: callee.object, method } : null;
}

/** Milliseconds of an option: null for a time without end, undefined where it cannot be told. */
export function millisecondsOf(
  ask: Ask,
  value: Node | null | undefined,
  whenAbsent: number | null,
): number | null | undefined {
  if (value === undefined) return undefined;
  if (value === null) return whenAbsent;
  const ms = ask.number(value);
  return ms === null ? undefined : ms === Infinity ? null : ms;
}

/** Whether an option is given, and is this constant. */
export function isConstant(ask: Ask, value: Node | null | undefined, wanted: boolean): boolean {
  return value ? ask.constant(value) === wanted : false;
}

/** Names of signals in an option; null where they cannot be told. */
export function signalsOf(
  ask: Ask,
  value: Node | null | undefined,
  whenAbsent: readonly string[],
): readonly string[] | null {
  if (value === undefined) return null;
  return value === null ? whenAbsent : ask.strings(value);
}

/** The servers in a list, or what stands for the list where it is not written out. */
export function serversOf(ask: Ask, list: Node): readonly Node[] {
  return ask.elements(list) ?? [list];
}

/** The options that were given; what cannot be looked into stands for what it may hold. */
export function givenOptions(
  ask: Ask,
  call: Creation,
  index: number,
  names: readonly string[],
): readonly Node[] {
  return names.flatMap((name) => {
    const value = ask.option(call, index, name);
    return value ? [value] : [];
  });
}

/** A short default that nobody has chosen, in words. */
export function cutsAfter(ms: number, option: string): string {
  return `it cuts every request that takes longer than ${ms} ms, unless ${option} says otherwise`;
}

/** Whether a function of the caller may return this very value; a promise, or what a server's method gives, is none. */
export function mayReturn(ask: Ask, handler: Node, wanted: boolean): boolean {
  const functions = ask.functions(handler);
  return (
    functions?.some((fn) => !fn.async && ask.returns(fn).some((value) => mayBe(ask, value, wanted))) ?? true
  );
}

function mayBe(ask: Ask, value: Node, wanted: boolean): boolean {
  const constant = ask.constant(value);
  if (constant !== undefined) return constant === wanted;
  const call = ask.made(value);
  const called = call && findMethodCall(call);
  return !called || ask.framework(called.receiver) === null;
}
