/** Text that is safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A time for people: `40 ms`, `2.01 s`. */
export function formatDuration(milliseconds: number): string {
  if (Math.abs(milliseconds) < 999.5) return `${String(Math.round(milliseconds))} ms`;
  return `${String(Number((milliseconds / 1000).toFixed(2)))} s`;
}
