import { parseShell } from '../shape/shell-words.js';
import { goDurationMs } from './durations.js';
import type { ManifestReading } from './fact.js';
import { Findings, isComputed, type About } from './findings.js';
import { readYaml, type YamlNode } from './yaml-source.js';

/** Reads a compose.yaml: the stop of each service, its command, and what runs in front of it. */
export function readCompose(text: string): ManifestReading {
  const findings = new Findings(text);
  for (const root of readYaml(findings))
    for (const [name, service] of root.get('services')?.entries() ?? []) readService(findings, name, service);
  return findings.reading;
}

function readService(findings: Findings, subject: string, service: YamlNode): void {
  const about = (key: string): About => ({ platform: 'compose', subject, key });
  const grace = service.get('stop_grace_period');
  if (grace?.text != null) {
    const ms = isComputed(grace.value) ? null : goDurationMs(grace.text);
    if (ms === null && !isComputed(grace.value))
      findings.problem(
        'bad-value',
        'stop_grace_period',
        grace,
        'a duration with its unit, such as 30s or 1m30s',
      );
    else findings.fact(about('stop_grace_period'), grace, { kind: 'grace-period', ms });
  }
  const signal = service.get('stop_signal');
  if (signal?.text != null) findings.signal(about('stop_signal'), signal);
  const init = service.get('init');
  if (typeof init?.value === 'boolean')
    findings.fact(about('init'), init, { kind: 'init', isEnabled: init.value });
  const image = service.get('image');
  // With a `build` the image is what comes out of it, under that name.
  if (image?.text != null && service.get('build') === undefined)
    findings.fact(about('image'), image, { kind: 'base-image', image: image.text });
  for (const role of ['entrypoint', 'command'] as const) {
    const node = service.get(role);
    const words = node?.words() ?? splitWords(node);
    if (node !== undefined && words !== null)
      findings.fact(about(role), node, { kind: 'command', role, form: 'exec', words });
  }
  for (const hook of service.get('pre_stop')?.items() ?? [])
    findings.fact(about('pre_stop'), hook, { kind: 'pre-stop', action: 'exec', ms: null, isAtLeast: false });
}

/** A command given as text is split like a shell would, and run without one. */
function splitWords(node: YamlNode | undefined): string[] | null {
  if (node?.text == null) return null;
  return parseShell(node.text).commands.flatMap(({ assignments, words }) => [...assignments, ...words]);
}
