import type { ManifestReading } from './fact.js';
import { Findings, type About } from './findings.js';
import { readYaml } from './yaml-source.js';

/** Reads an app spec of DigitalOcean's App Platform: the termination and the run command of its components. */
export function readDigitalOcean(text: string): ManifestReading {
  const findings = new Findings(text);
  for (const root of readYaml(findings)) {
    // A deploy template has the specification under `spec`.
    const spec = root.get('spec') ?? root;
    for (const kind of ['services', 'workers', 'jobs']) {
      for (const component of spec.get(kind)?.items() ?? []) {
        const subject = component.get('name')?.text ?? null;
        const about = (key: string): About => ({ platform: 'digitalocean', subject, key });
        const grace = component.get('termination', 'grace_period_seconds');
        if (grace?.text != null) {
          const ms = findings.seconds(about('grace_period_seconds'), grace, { min: 1, max: 600 });
          findings.fact(about('grace_period_seconds'), grace, { kind: 'grace-period', ms });
        }
        const drain = component.get('termination', 'drain_seconds');
        if (drain?.text != null) {
          const ms = findings.seconds(about('drain_seconds'), drain, { min: 1, max: 110 });
          findings.fact(about('drain_seconds'), drain, { kind: 'drain-before-signal', ms });
        }
        const command = component.get('run_command');
        if (command?.text != null)
          findings.fact(about('run_command'), command, {
            kind: 'command',
            role: 'command',
            form: 'line',
            words: [command.text],
          });
      }
    }
  }
  return findings.reading;
}
