import { getStaticTOMLValue, parseTOML, ParseError, type AST } from 'toml-eslint-parser';
import type { Findings, Written } from './findings.js';

/** A value of a TOML text with the keys that lead to it. */
export interface TomlValue extends Written {
  readonly path: readonly (string | number)[];
}

/** Every value of a TOML text as far as it can be read; where it cannot becomes a problem. */
export function readToml(findings: Findings): TomlValue[] {
  const { text } = findings.source;
  let readable = text;
  // What stands in front of an error is read for itself; the second round may find another one there.
  for (let round = 0; round < 4; round++) {
    try {
      return [...valuesOf(parseTOML(readable).body[0].body)];
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      const at = Math.min(error.index, readable.length);
      if (round === 0)
        findings.problem('syntax', null, { start: at, end: Math.min(at + 1, text.length) }, error.message);
      readable = readable.slice(0, Math.max(0, readable.lastIndexOf('\n', at - 1)));
    }
  }
  return [];
}

function* valuesOf(
  nodes: readonly (AST.TOMLKeyValue | AST.TOMLTable)[],
  prefix: readonly (string | number)[] = [],
): Generator<TomlValue> {
  for (const node of nodes) {
    if (node.type === 'TOMLTable') yield* valuesOf(node.body, node.resolvedKey);
    else {
      const path = [...prefix, ...(getStaticTOMLValue(node.key) as string[])];
      if (node.value.type === 'TOMLInlineTable') yield* valuesOf(node.value.body, path);
      else
        yield {
          path,
          value: getStaticTOMLValue(node.value),
          start: node.value.range[0],
          end: node.value.range[1],
        };
    }
  }
}
