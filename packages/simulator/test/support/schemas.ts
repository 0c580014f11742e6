import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { expect } from 'vitest';

const ajv = new Ajv({ strict: false, allErrors: true });
const compile = (path: string) =>
  ajv.compile(JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as object);
const report = compile('../../schema/report.v2.schema.json');
const sarif = compile('../fixtures/sarif-2.1.0.schema.json');

/** Expects a document of the json reporter, or a recording, to be as the published schema says. */
export function expectReport(document: unknown): void {
  expectValid(report, document);
}

export function expectRecording(document: unknown): void {
  expectValid(
    ajv.compile({ $ref: 'https://unpkg.com/sigterm/schema/report.v2.schema.json#/$defs/recording' }),
    document,
  );
}

/** Expects a document to be SARIF 2.1.0. */
export function expectSarif(document: unknown): void {
  expectValid(sarif, document);
}

function expectValid(validate: ValidateFunction, document: unknown): void {
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
}
