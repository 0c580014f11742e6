import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node } from 'yaml';
import type { Findings, Written } from './findings.js';

/** A node of a YAML document, with its aliases and merge keys followed. */
export class YamlNode implements Written {
  constructor(
    readonly node: Node,
    readonly document: Document,
    /** Where the value is written: at an alias, not at what it stands for. */
    readonly start: number,
    readonly end: number,
  ) {}

  /** The value of a scalar; `undefined` for a map or a list. */
  get value(): unknown {
    return isScalar(this.node) ? this.node.value : undefined;
  }

  /** The value as text where it is a scalar other than null, else `null`. */
  get text(): string | null {
    const { value } = this;
    return value === undefined || value === null ? null : String(value);
  }

  get(...path: readonly string[]): YamlNode | undefined {
    let node = this as YamlNode | undefined;
    for (const key of path) node = node === undefined ? undefined : node.#child(key, 0);
    return node;
  }

  entries(): [string, YamlNode][] {
    if (!isMap(this.node)) return [];
    return this.node.items.flatMap(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      const node = toYamlNode(value, this.document);
      return node === undefined || name === '<<' ? [] : [[name, node] as [string, YamlNode]];
    });
  }

  items(): YamlNode[] {
    if (!isSeq(this.node)) return [];
    return this.node.items.flatMap((item) => toYamlNode(item, this.document) ?? []);
  }

  /** The words of a list of scalars, or `null` where it is none. */
  words(): string[] | null {
    if (!isSeq(this.node)) return null;
    const words = this.items().map(({ text }) => text);
    return words.every((word) => word !== null) && words.length === this.node.items.length ? words : null;
  }

  #child(key: string, depth: number): YamlNode | undefined {
    if (!isMap(this.node) || depth > 16) return undefined;
    const own = this.node.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
    if (own !== undefined) return toYamlNode(own.value, this.document);
    for (const pair of this.node.items) {
      if (!isScalar(pair.key) || String(pair.key.value) !== '<<') continue;
      const merged = toYamlNode(pair.value, this.document);
      for (const source of merged === undefined ? [] : isSeq(merged.node) ? merged.items() : [merged]) {
        const found = source.#child(key, depth + 1);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
}

/** The roots of all documents of a text; what the parser complains of becomes problems. */
export function readYaml(findings: Findings): YamlNode[] {
  const documents = parseAllDocuments(findings.source.text, { prettyErrors: false, logLevel: 'silent' });
  return [...documents].flatMap((document) => {
    // What follows the first one follows from it: a template gives hundreds.
    for (const { pos, message } of document.errors.slice(0, 1))
      findings.problem('syntax', null, { start: pos[0], end: pos[1] }, message);
    return toYamlNode(document.contents, document) ?? [];
  });
}

function toYamlNode(value: unknown, document: Document): YamlNode | undefined {
  const node = value as Node | null;
  if (node?.range === null || node?.range === undefined) return undefined;
  const resolved = isAlias(node) ? node.resolve(document) : node;
  return resolved === undefined ? undefined : new YamlNode(resolved, document, node.range[0], node.range[1]);
}
