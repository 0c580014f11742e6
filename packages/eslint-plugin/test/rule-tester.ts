import { RuleTester } from '@typescript-eslint/rule-tester';
import { afterAll, describe, it } from 'vitest';

RuleTester.afterAll = afterAll;
RuleTester.it = it;
RuleTester.describe = describe;

/** Runs a rule's cases with the TypeScript parser, which reads JavaScript too. */
export const ruleTester = new RuleTester();

/** A template literal without the indentation of the code around it, and without its first and last line break. */
export function text(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const whole = String.raw({ raw: strings.raw }, ...values).replace(/^\n/, '');
  const indent = Math.min(
    ...whole
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => /^ */.exec(line)?.[0].length ?? 0),
  );
  return whole.replace(new RegExp(`^ {${indent}}`, 'gm'), '').replace(/\n *$/, '\n');
}
