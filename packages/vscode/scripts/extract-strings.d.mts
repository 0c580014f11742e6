import type { Expression } from 'typescript';

export const bundleFile: string;
export function extractStrings(): Record<string, string>;
export function isTranslation(callee: Expression): boolean;
