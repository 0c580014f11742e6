import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from './unwrap.js';
import { walk } from './walk.js';

export type Call = TSESTree.CallExpression | TSESTree.NewExpression;

interface Calls {
  readonly all: readonly Call[];
  /** By the name of what is called: `start()`, `app.start()`. */
  readonly byName: ReadonlyMap<string, readonly Call[]>;
}

const known = new WeakMap<TSESTree.Program, Calls>();

/** Every call and `new` of a module, outer ones first. A tree never changes: it is walked once. */
export function callsIn(program: TSESTree.Program): readonly Call[] {
  return read(program).all;
}

/** The calls of a module of what has one of these names, in the same order. */
export function callsNamed(program: TSESTree.Program, names: ReadonlySet<string>): readonly Call[] {
  const { all, byName } = read(program);
  const [only] = names;
  if (names.size === 1 && only !== undefined) return byName.get(only) ?? [];
  const found = new Set([...names].flatMap((name) => byName.get(name) ?? []));
  return all.filter((call) => found.has(call));
}

function read(program: TSESTree.Program): Calls {
  const before = known.get(program);
  if (before) return before;
  const all: Call[] = [];
  const byName = new Map<string, Call[]>();
  walk(program, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
    all.push(node);
    const { callee } = node;
    const name = callee.type === 'Identifier' ? callee.name : propertyName(callee);
    if (name === null) return undefined;
    const named = byName.get(name);
    if (named) named.push(node);
    else byName.set(name, [node]);
    return undefined;
  });
  const calls = { all, byName };
  known.set(program, calls);
  return calls;
}
