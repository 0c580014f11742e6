import type { ManifestReading } from './fact.js';
import { Findings, isComputed, type About } from './findings.js';
import { readJson, type JsonNode } from './json-source.js';

/** Reads an ecosystem file of PM2 that is JSON: what is started, and how it is killed. */
export function readPm2(text: string): ManifestReading {
  const findings = new Findings(text);
  const root = readJson(findings);
  const apps = root?.get('apps') ?? root;
  const list = apps === undefined ? [] : apps.node.type === 'array' ? apps.items() : [apps];
  for (const app of list) readApp(findings, app);
  return findings.reading;
}

function readApp(findings: Findings, app: JsonNode): void {
  const subject = app.get('name')?.text ?? null;
  const about = (key: string): About => ({ platform: 'pm2', subject, key });
  const timeout = app.get('kill_timeout');
  if (timeout !== undefined) {
    const { value } = timeout;
    const isNumber = typeof value === 'number' && value >= 0;
    if (!isNumber && !isComputed(value))
      findings.problem('bad-value', 'kill_timeout', timeout, 'a number of milliseconds');
    else findings.fact(about('kill_timeout'), timeout, { kind: 'grace-period', ms: isNumber ? value : null });
  }
  const tree = app.get('treekill');
  if (typeof tree?.value === 'boolean')
    findings.fact(about('treekill'), tree, {
      kind: 'reach',
      reaches: tree.value ? 'process-tree' : 'top-process',
    });
  const script = app.get('script');
  if (script?.text != null && !isComputed(script.text)) {
    const args = app.get('args');
    const words = args?.words() ?? args?.text?.split(/\s+/).filter((word) => word !== '') ?? [];
    findings.fact(about('script'), script, {
      kind: 'command',
      role: 'command',
      form: 'exec',
      words: [...interpreterOf(app, script.text), script.text, ...words],
    });
  }
}

/** PM2 picks the interpreter by the ending of the script; a script without one runs by itself. */
function interpreterOf(app: JsonNode, script: string): string[] {
  const named = app.get('interpreter')?.text ?? app.get('exec_interpreter')?.text;
  if (named != null) return named === 'none' ? [] : [named];
  return /\.[cm]?js$/.test(script) ? ['node'] : [];
}
