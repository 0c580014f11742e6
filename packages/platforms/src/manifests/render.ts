import type { ManifestReading } from './fact.js';
import { Findings, type About } from './findings.js';
import { readYaml } from './yaml-source.js';

/** Reads a render.yaml: the shutdown delay and the commands of its services. */
export function readRender(text: string): ManifestReading {
  const findings = new Findings(text);
  for (const root of readYaml(findings)) {
    for (const service of root.get('services')?.items() ?? []) {
      const subject = service.get('name')?.text ?? null;
      const about = (key: string): About => ({ platform: 'render', subject, key });
      const delay = service.get('maxShutdownDelaySeconds');
      if (delay?.text != null) {
        const ms = findings.seconds(about('maxShutdownDelaySeconds'), delay, { min: 1, max: 300 });
        findings.fact(about('maxShutdownDelaySeconds'), delay, { kind: 'grace-period', ms });
      }
      for (const key of ['startCommand', 'dockerCommand']) {
        const command = service.get(key);
        if (command?.text != null)
          findings.fact(about(key), command, {
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
