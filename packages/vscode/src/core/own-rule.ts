/** Whether the code of a diagnostic names one of our rules, as ESLint writes it. */
export function isOwnRule(code: string | number | undefined): boolean {
  return typeof code === 'string' && code.startsWith('graceful-shutdown/');
}
