/**
 * Splits a command into its words as a POSIX shell does it, without running one: spaces separate, single and double
 * quotes keep together, a backslash outside of single quotes escapes a quote, a space or a backslash. Other backslashes
 * stay, so that Windows paths need no escapes.
 * @returns undefined where a quote is not closed
 */
export function splitCommand(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (character === '\\' && quote !== "'" && next !== '' && `\\"' `.includes(next)) {
      word = (word ?? '') + next;
      index += 1;
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}
