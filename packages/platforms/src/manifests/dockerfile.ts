import { DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import type { ManifestReading } from './fact.js';
import { Findings, isComputed, type About, type Written } from './findings.js';

/** The instructions that matter for a stop; of each, the last one of an image counts. */
const KEYWORDS = new Set(['CMD', 'ENTRYPOINT', 'SHELL', 'STOPSIGNAL']);

/** Reads a Dockerfile: what the image of its last stage starts, through which shell, and which signal stops it. */
export function readDockerfile(text: string): ManifestReading {
  const findings = new Findings(text);
  const dockerfile = DockerfileParser.parse(text);
  const { base, stages } = lastImage(dockerfile.getInstructions(), dockerfile.getFROMs());
  if (base !== undefined) {
    const at = writtenAt(findings, base, base.getImageRange());
    const image = base.getImage();
    if (at !== null && image !== null && !isComputed(image))
      findings.fact({ platform: null, subject: null, key: 'FROM' }, at, { kind: 'base-image', image });
  }
  const last = new Map<string, Instruction>();
  for (const stage of stages) {
    const own = stage.map((instruction) => [instruction.getKeyword().toUpperCase(), instruction] as const);
    // A stage that sets its own entrypoint does without the command of the image below.
    if (own.some(([keyword]) => keyword === 'ENTRYPOINT')) last.delete('CMD');
    for (const [keyword, instruction] of own) if (KEYWORDS.has(keyword)) last.set(keyword, instruction);
  }
  for (const [keyword, instruction] of last) readInstruction(findings, keyword, instruction);
  return findings.reading;
}

/** The instructions of the last stage behind those of the stages it is built on, and the image below them all. */
function lastImage(
  all: readonly Instruction[],
  froms: readonly From[],
): { base: From | undefined; stages: Instruction[][] } {
  if (froms.length === 0) return { base: undefined, stages: [[...all]] };
  const bodies = froms.map((from, index) => {
    const next = froms[index + 1];
    return all.slice(all.indexOf(from) + 1, next === undefined ? undefined : all.indexOf(next));
  });
  const stages: Instruction[][] = [];
  let index = froms.length - 1;
  let base = froms[index];
  while (base !== undefined) {
    stages.unshift(bodies[index] ?? []);
    const image = base.getImage()?.toLowerCase();
    const below = froms.findLastIndex(
      (from, other) => other < index && from.getBuildStage()?.toLowerCase() === image,
    );
    if (below === -1) break;
    index = below;
    base = froms[below];
  }
  return { base, stages };
}

function readInstruction(findings: Findings, keyword: string, instruction: Instruction): void {
  const about: About = { platform: null, subject: null, key: keyword };
  const at = writtenAt(findings, instruction, instruction.getArgumentsRange());
  const content = instruction.getArgumentsContent()?.trim();
  if (at === null || content === undefined || content === '') return;
  if (keyword === 'STOPSIGNAL') return findings.signal(about, { ...at, value: content });
  const words = toWords(content);
  if (keyword === 'SHELL') {
    if (words === null) findings.problem('bad-value', keyword, at, 'a list of words as JSON');
    else findings.fact(about, at, { kind: 'shell', words });
    return;
  }
  const role = keyword === 'CMD' ? 'command' : 'entrypoint';
  if (words !== null) return findings.fact(about, at, { kind: 'command', role, form: 'exec', words });
  if (/^\[\s*['"\w]/.test(content) && content.endsWith(']'))
    findings.problem('no-json', keyword, at, 'a list of words as JSON, each in double quotes');
  findings.fact(about, at, { kind: 'command', role, form: 'shell', words: [content] });
}

/** The words of an exec form; Docker takes everything that is not a JSON list of strings as a shell form. */
function toWords(content: string): string[] | null {
  if (!content.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(content);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : null;
  } catch {
    return null;
  }
}

type LineRange = ReturnType<Instruction['getRange']>;

function writtenAt(findings: Findings, instruction: Instruction, range: LineRange | null): Written | null {
  if (range === null) return null;
  const offset = ({ line, character }: LineRange['start']) => findings.source.offsetAt(line, character);
  return { value: instruction.getArgumentsContent(), start: offset(range.start), end: offset(range.end) };
}
