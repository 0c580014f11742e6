import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type Node } from 'jsonc-parser';
import type { Findings, Written } from './findings.js';

/** A value of a JSON text, with its place. */
export class JsonNode implements Written {
  readonly start: number;
  readonly end: number;

  constructor(readonly node: Node) {
    this.start = node.offset;
    this.end = node.offset + node.length;
  }

  get value(): unknown {
    return this.node.type === 'object' || this.node.type === 'array' ? undefined : getNodeValue(this.node);
  }

  get text(): string | null {
    return typeof this.value === 'string' ? this.value : null;
  }

  get(...path: readonly string[]): JsonNode | undefined {
    const found = findNodeAtLocation(this.node, [...path]);
    return found === undefined ? undefined : new JsonNode(found);
  }

  items(): JsonNode[] {
    return this.node.type === 'array' ? (this.node.children ?? []).map((child) => new JsonNode(child)) : [];
  }

  entries(): [string, JsonNode][] {
    if (this.node.type !== 'object') return [];
    return (this.node.children ?? []).flatMap(({ children }) => {
      const [key, value] = children ?? [];
      return key === undefined || value === undefined
        ? []
        : [[String(key.value), new JsonNode(value)] as [string, JsonNode]];
    });
  }

  /** The words of a list of strings, or `null` where it is none. */
  words(): string[] | null {
    const words = this.items().map(({ text }) => text);
    return this.node.type === 'array' && words.every((word) => word !== null) ? words : null;
  }
}

/** The root of a JSON text as far as it can be read; what is wrong with it becomes problems. */
export function readJson(findings: Findings): JsonNode | undefined {
  const errors: { error: number; offset: number; length: number }[] = [];
  const root = parseTree(findings.source.text, errors, { allowTrailingComma: true });
  for (const { error, offset, length } of errors.slice(0, 1))
    findings.problem('syntax', null, { start: offset, end: offset + length }, printParseErrorCode(error));
  return root === undefined ? undefined : new JsonNode(root);
}
