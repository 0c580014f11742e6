/** What `l10n.t` of VS Code gives where there is no translation. */
export function english(text: string, ...values: (string | number)[]): string {
  return text.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
}
