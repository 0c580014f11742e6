import type { SourceCode } from '../ast/types.js';

/** Gives names that no identifier of the file has, so that nothing is shadowed and nothing clashes. */
export function freshNames(sourceCode: SourceCode): (...wishes: [string, ...string[]]) => string {
  const taken = new Set((sourceCode.ast.tokens ?? []).map((token) => token.value));
  return (...wishes) => {
    const [first] = wishes;
    let name = wishes.find((wish) => !taken.has(wish));
    for (let count = 2; name === undefined; count++)
      if (!taken.has(`${first}${count}`)) name = `${first}${count}`;
    taken.add(name);
    return name;
  };
}
