import type { ManifestReading } from './fact.js';
import { Findings, type About, type Written } from './findings.js';
import { readJson } from './json-source.js';
import { readToml } from './toml-source.js';

/** Reads a railway.json or railway.toml: the draining time, the overlap, and the start command. */
export function readRailway(text: string): ManifestReading {
  const findings = new Findings(text);
  for (const [name, value] of deployOf(findings, text)) readSetting(findings, name, value);
  return findings.reading;
}

function deployOf(findings: Findings, text: string): (readonly [string, Written])[] {
  if (/^\s*[{/]/.test(text)) return readJson(findings)?.get('deploy')?.entries() ?? [];
  return readToml(findings).flatMap((entry) =>
    entry.path[0] === 'deploy' && entry.path.length === 2 ? [[String(entry.path[1]), entry] as const] : [],
  );
}

function readSetting(findings: Findings, name: string, at: Written): void {
  const about: About = { platform: 'railway', subject: null, key: `deploy.${name}` };
  if (at.value === null) return;
  if (name === 'drainingSeconds')
    findings.fact(about, at, { kind: 'grace-period', ms: findings.seconds(about, at) });
  else if (name === 'overlapSeconds')
    findings.fact(about, at, { kind: 'drain-before-signal', ms: findings.seconds(about, at) });
  else if (name === 'startCommand' && typeof at.value === 'string')
    findings.fact(about, at, { kind: 'command', role: 'command', form: 'line', words: [at.value] });
}
