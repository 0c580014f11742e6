import type { ManifestReading } from './fact.js';
import { Findings, type About } from './findings.js';
import { readJson, type JsonNode } from './json-source.js';

/** Reads a task definition of Amazon ECS as JSON: the stop timeout and the command of its containers. */
export function readEcs(text: string): ManifestReading {
  const findings = new Findings(text);
  const root = readJson(findings);
  // What `describe-task-definition` prints has it under `taskDefinition`.
  const task = root?.get('taskDefinition') ?? root;
  const demands = task?.get('requiresCompatibilities')?.words() ?? [];
  for (const container of task?.get('containerDefinitions')?.items() ?? [])
    readContainer(findings, container, demands.includes('FARGATE') ? 'fargate' : 'ecs');
  return findings.reading;
}

function readContainer(findings: Findings, container: JsonNode, platform: 'ecs' | 'fargate'): void {
  const subject = container.get('name')?.text ?? null;
  const about = (key: string): About => ({ platform, subject, key });
  const timeout = container.get('stopTimeout');
  if (timeout !== undefined && timeout.value !== null) {
    const limits = platform === 'fargate' ? { min: 0, max: 120 } : { min: 0 };
    const ms = findings.seconds(about('stopTimeout'), timeout, limits);
    findings.fact(about('stopTimeout'), timeout, { kind: 'grace-period', ms });
  }
  const image = container.get('image');
  if (image?.text != null) findings.fact(about('image'), image, { kind: 'base-image', image: image.text });
  for (const [key, role] of [
    ['entryPoint', 'entrypoint'],
    ['command', 'command'],
  ] as const) {
    const node = container.get(key);
    const words = node?.words() ?? null;
    if (node !== undefined && words !== null && words.length > 0)
      findings.fact(about(key), node, { kind: 'command', role, form: 'exec', words });
  }
  const init = container.get('linuxParameters', 'initProcessEnabled');
  if (typeof init?.value === 'boolean')
    findings.fact(about('initProcessEnabled'), init, { kind: 'init', isEnabled: init.value });
}
