/** A simple command of a shell line. */
export interface ShellCommand {
  /** Its words without their quotes, and without assignments and redirections. */
  readonly words: readonly string[];
  /** `NAME=value` in front of it. */
  readonly assignments: readonly string[];
  readonly hasRedirection: boolean;
  /** Some word is computed by the shell: a variable, a substitution, a pattern. */
  readonly isComputed: boolean;
  /** What stands in front of it and behind it: `&&`, `||`, `;`, `|`, `&`; '' at an end. */
  readonly before: string;
  readonly after: string;
  /** Offset of its first word in the line, behind its assignments. */
  readonly start: number;
}

/** A shell line as a list of simple commands. */
export interface ShellLine {
  readonly commands: readonly ShellCommand[];
  /** There is nothing but simple commands in it: no loop, condition, group, function, here-document, open quote. */
  readonly isSimple: boolean;
}

const KEYWORDS = new Set(
  'if then elif else fi while until for do done case esac select function { } ! [['.split(' '),
);

interface Draft {
  words: string[];
  assignments: string[];
  hasRedirection: boolean;
  isComputed: boolean;
  start: number;
}

/** Reads a line as a POSIX shell splits it, as far as simple commands go. Reads anything without throwing. */
export function parseShell(text: string): ShellLine {
  const commands: ShellCommand[] = [];
  let isSimple = true;
  let before = '';
  let draft: Draft = emptyDraft();
  let position = 0;

  const finish = (operator: string) => {
    if (draft.words.length + draft.assignments.length > 0 || draft.hasRedirection) {
      commands.push({ ...draft, before, after: operator });
      before = operator;
    } else if (operator !== '' && operator !== ';') isSimple = false;
    draft = emptyDraft();
  };

  while (position < text.length) {
    const rest = text.slice(position, position + 3);
    const character = text.charAt(position);
    if (character === '\\' && /^\\\r?\n/.test(rest)) position += rest[1] === '\r' ? 3 : 2;
    else if (/[ \t\r]/.test(character)) position++;
    else if (character === '#') position = lineEnd(text, position);
    else if (character === '\n') {
      finish(';');
      position++;
    } else if (/^(&&|\|\||;;|\|&)/.test(rest)) {
      if (rest.startsWith(';;')) isSimple = false;
      finish(rest.slice(0, 2));
      position += 2;
    } else if (/[;&|]/.test(character) && !/^&>/.test(rest)) {
      finish(character);
      position++;
    } else if (/[()]/.test(character)) {
      isSimple = false;
      position++;
    } else {
      const redirection = /^(\d*|&)(>>|>&|<&|>\||<>|<<|<|>)/.exec(text.slice(position, position + 12));
      if (redirection !== null) {
        if (redirection[2] === '<<') isSimple = false;
        draft.hasRedirection = true;
        position += redirection[0].length;
        while (/[ \t]/.test(text.charAt(position))) position++;
        position = readWord(text, position).end;
        continue;
      }
      const word = readWord(text, position);
      if (!word.isClosed) isSimple = false;
      const isFirst = draft.words.length === 0;
      if (isFirst && !word.isQuoted && KEYWORDS.has(word.value)) isSimple = false;
      if (isFirst && /^[A-Za-z_]\w*=/.test(word.raw)) draft.assignments.push(word.value);
      else {
        if (isFirst) draft.start = position;
        draft.words.push(word.value);
      }
      draft.isComputed ||= word.isComputed;
      // A character that no word can start with must not stop the reading.
      position = Math.max(word.end, position + 1);
    }
  }
  finish('');
  return { commands, isSimple };
}

function emptyDraft(): Draft {
  return { words: [], assignments: [], hasRedirection: false, isComputed: false, start: -1 };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

interface Word {
  readonly value: string;
  readonly raw: string;
  readonly end: number;
  readonly isQuoted: boolean;
  readonly isComputed: boolean;
  readonly isClosed: boolean;
}

function readWord(text: string, start: number): Word {
  let value = '';
  let position = start;
  let isQuoted = false;
  let isComputed = false;
  let isClosed = true;
  while (position < text.length && !/[\s;&|<>()]/.test(text.charAt(position))) {
    const character = text.charAt(position);
    if (character === "'") {
      const end = text.indexOf("'", position + 1);
      if (end === -1) isClosed = false;
      value += text.slice(position + 1, end === -1 ? text.length : end);
      position = end === -1 ? text.length : end + 1;
      isQuoted = true;
    } else if (character === '"') {
      isQuoted = true;
      position++;
      while (position < text.length && text.charAt(position) !== '"') {
        if (text.charAt(position) === '\\' && /["\\$`\n]/.test(text.charAt(position + 1))) position++;
        else if (/[$`]/.test(text.charAt(position))) isComputed = true;
        value += text.charAt(position++);
      }
      if (position >= text.length) isClosed = false;
      position++;
    } else if (character === '\\') {
      const next = text.charAt(position + 1);
      if (next !== '\n') value += next;
      position += 2;
    } else {
      if (/[$`*?[]/.test(character)) isComputed = true;
      // The parentheses of `$(…)` belong to the word; what they hold does not matter here.
      if (character === '$' && text.charAt(position + 1) === '(') {
        const end = closing(text, position + 1);
        if (end === -1) isClosed = false;
        value += text.slice(position, end === -1 ? text.length : end + 1);
        position = end === -1 ? text.length : end + 1;
        continue;
      }
      value += character;
      position++;
    }
  }
  const end = Math.min(position, text.length);
  return { value, raw: text.slice(start, end), end, isQuoted, isComputed, isClosed };
}

function closing(text: string, from: number): number {
  let depth = 0;
  for (let position = from; position < text.length; position++) {
    if (text.charAt(position) === '(') depth++;
    else if (text.charAt(position) === ')' && --depth === 0) return position;
  }
  return -1;
}
