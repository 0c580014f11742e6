import type { ManifestReading } from './fact.js';
import { Findings } from './findings.js';
import { readJson } from './json-source.js';

/** Reads the scripts of a package.json. */
export function readPackageJson(text: string): ManifestReading {
  const findings = new Findings(text);
  for (const [name, script] of readJson(findings)?.get('scripts')?.entries() ?? []) {
    const about = { platform: null, subject: name, key: `scripts.${name}` };
    if (script.text === null) findings.problem('bad-value', about.key, script, 'a text');
    else findings.fact(about, script, { kind: 'script', text: script.text });
  }
  return findings.reading;
}
