import type { manifestParts } from '../src/manifest.js';

export function withTables(readme: string, parts: ReturnType<typeof manifestParts>): string;
