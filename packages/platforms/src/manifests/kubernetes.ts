import type { ManifestReading } from './fact.js';
import { Findings, type About } from './findings.js';
import { sleepOf } from './sleep.js';
import { readYaml, type YamlNode } from './yaml-source.js';

/** Where each kind keeps the specification of its pods. */
const podSpecs: Record<string, readonly string[]> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** Reads Kubernetes objects, several to a file: the grace period of their pods, hooks, probes and commands. */
export function readKubernetes(text: string): ManifestReading {
  const findings = new Findings(text);
  for (const root of readYaml(findings)) readObject(findings, root, 0);
  return findings.reading;
}

function readObject(findings: Findings, object: YamlNode, depth: number): void {
  const kind = object.get('kind')?.text ?? '';
  if (kind === 'List' && depth < 8)
    for (const item of object.get('items')?.items() ?? []) readObject(findings, item, depth + 1);
  const path = Object.hasOwn(podSpecs, kind) ? podSpecs[kind] : undefined;
  const spec = path === undefined ? undefined : object.get(...path);
  if (spec !== undefined) readPodSpec(findings, object.get('metadata', 'name')?.text ?? null, spec);
}

function readPodSpec(findings: Findings, pod: string | null, spec: YamlNode): void {
  const grace = spec.get('terminationGracePeriodSeconds');
  if (grace?.text != null) {
    const about: About = { platform: 'kubernetes', subject: pod, key: 'terminationGracePeriodSeconds' };
    findings.fact(about, grace, { kind: 'grace-period', ms: findings.seconds(about, grace) });
  }
  for (const container of spec.get('containers')?.items() ?? [])
    readContainer(findings, container.get('name')?.text ?? pod, container);
}

function readContainer(findings: Findings, subject: string | null, container: YamlNode): void {
  const about = (key: string): About => ({ platform: 'kubernetes', subject, key });
  const image = container.get('image');
  if (image?.text != null) findings.fact(about('image'), image, { kind: 'base-image', image: image.text });
  // Kubernetes says command for what an image calls entrypoint, and args for its command.
  for (const [key, role] of [
    ['command', 'entrypoint'],
    ['args', 'command'],
  ] as const) {
    const node = container.get(key);
    const words = node?.words() ?? null;
    if (node !== undefined && words !== null)
      findings.fact(about(key), node, { kind: 'command', role, form: 'exec', words });
  }
  const lifecycle = container.get('lifecycle');
  const signal = lifecycle?.get('stopSignal');
  if (signal?.text != null) findings.signal(about('stopSignal'), signal);
  const preStop = lifecycle?.get('preStop');
  if (preStop !== undefined) readPreStop(findings, about('preStop'), preStop);
  const probe = container.get('readinessProbe');
  if (probe !== undefined) readProbe(findings, about('readinessProbe'), probe);
}

function readPreStop(findings: Findings, about: About, preStop: YamlNode): void {
  const exec = preStop.get('exec');
  const httpGet = preStop.get('httpGet');
  const seconds = preStop.get('sleep', 'seconds');
  if (exec !== undefined) {
    const words = exec.get('command')?.words();
    findings.fact(about, exec, { kind: 'pre-stop', action: 'exec', ...sleepOf(words ?? []) });
  } else if (httpGet !== undefined) {
    findings.fact(about, httpGet, { kind: 'pre-stop', action: 'http-get', ms: null, isAtLeast: false });
  } else if (seconds?.text != null) {
    const ms = findings.seconds(about, seconds);
    findings.fact(about, seconds, { kind: 'pre-stop', action: 'sleep', ms, isAtLeast: false });
  }
}

function readProbe(findings: Findings, about: About, probe: YamlNode): void {
  const number = (key: string, byDefault: number) => {
    const value = probe.get(key)?.value;
    return typeof value === 'number' && value > 0 ? value : byDefault;
  };
  findings.fact(about, probe, {
    kind: 'readiness',
    path: probe.get('httpGet', 'path')?.text ?? null,
    // The defaults of the API, as in the entry of the platform.
    periodMs: number('periodSeconds', 10) * 1_000,
    failures: number('failureThreshold', 3),
  });
}
