// The main job, on real input: an unsafe server is flagged, shown to lose requests, fixed, and shown to lose none.
import { ESLint } from 'eslint';
import gracefulShutdown from 'eslint-plugin-graceful-shutdown';
import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { judge, readTimeline, reporters, simulate } from 'sigterm';

const root = join(import.meta.dirname, '..');
const columns = Math.min(process.stdout.columns ?? 80, 100);
const color = pc.isColorSupported && process.stdout.isTTY;
const c = pc.createColors(color);

const servers = ['express', 'http'];
const rows = [];
for (const [index, framework] of servers.entries()) rows.push(...(await prove(framework, index === 0)));
printTable(rows);
process.exitCode = rows.every((row) => row.isAsExpected) ? 0 : 1;

/** Runs the whole chain on one server, on a copy of it, and gives the rows of the closing table. */
async function prove(framework, showsFix) {
  const folder = copy(framework);
  const file = join(folder, 'server.js');
  const before = readFileSync(file, 'utf8');
  title(`fixtures/${framework}/unsafe/server.js`);

  command('eslint server.js');
  const flagged = await lint(folder);
  command('sigterm -- node server.js');
  const unsafe = await simulation(folder);

  command('eslint --fix server.js');
  await lint(folder, { fix: true });
  if (showsFix) showAdded(before, readFileSync(file, 'utf8'));
  command('eslint server.js');
  const clean = await lint(folder);
  command('sigterm -- node server.js');
  const fixed = await simulation(folder);

  return [
    {
      name: framework,
      state: 'before',
      problems: flagged,
      report: unsafe,
      isAsExpected: flagged > 0 && unsafe.verdict === 'not-graceful',
    },
    {
      name: framework,
      state: 'fixed',
      problems: clean,
      report: fixed,
      isAsExpected: clean === 0 && fixed.verdict === 'graceful',
    },
  ];
}

function copy(framework) {
  const source = join(root, 'fixtures', framework);
  const folder = join(root, '.cache', 'demo', framework);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(source, 'unsafe', 'server.js'), join(folder, 'server.js'));
  cpSync(join(source, 'package.json'), join(folder, 'package.json'));
  const modules = join(source, 'node_modules');
  if (existsSync(modules)) symlinkSync(realpathSync(modules), join(folder, 'node_modules'), 'dir');
  return folder;
}

async function lint(folder, { fix = false } = {}) {
  const eslint = new ESLint({
    cwd: folder,
    fix,
    overrideConfigFile: true,
    overrideConfig: gracefulShutdown.configs.recommended,
  });
  const results = await eslint.lintFiles(['server.js']);
  if (fix) await ESLint.outputFixes(results);
  const messages = results.flatMap((result) => result.messages);
  for (const { line, column, message, ruleId } of messages) {
    console.log(`  ${c.red('✗')} ${c.dim(`${line}:${column}`)}  ${wrap(message, 2).trimStart()}`);
    console.log(c.dim(`  ${ruleId}`));
  }
  if (messages.length === 0) console.log(`  ${c.green('✓')} ${fix ? 'fixed' : 'no problems'}`);
  return messages.length;
}

async function simulation(folder) {
  const recording = await simulate({
    command: ['node', 'server.js'],
    cwd: folder,
    env: { ...process.env, PORT: '0' },
  });
  const report = judge(recording);
  console.log(reporters.pretty(report, { columns, color }).trim().replace(/^/, '  '));
  return report;
}

/** Shows the lines the fix added or changed; it moves and removes none. */
function showAdded(before, after) {
  const rest = before.split('\n');
  console.log();
  for (const line of after.split('\n')) {
    if (line === rest[0]) rest.shift();
    else if (line !== '' || rest[0] !== '') console.log(c.green(`  + ${line}`.trimEnd()));
    if (rest.length > 0 && line.endsWith(rest[0]) && line !== rest[0] && rest[0] !== '') rest.shift();
  }
}

function printTable(table) {
  title('Before and after');
  const cells = table.map(({ name, state, problems, report }) => {
    const { requests, exit } = readTimeline(report.runs[0].run.events);
    const inFlight = requests.filter((request) => request.inFlightAtMs !== undefined);
    const lost = inFlight.filter((request) => request.end?.kind !== 'complete').length;
    const ending = exit ? (exit.signal ?? `code ${exit.exitCode}`) : 'killed';
    return [name, state, String(problems), `${lost} of ${inFlight.length}`, ending, report.verdict];
  });
  const all = [['server', '', 'problems', 'requests lost', 'exit', 'verdict'], ...cells];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  for (const [index, row] of all.entries()) {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
    console.log(`  ${index === 0 ? c.dim(line) : row.at(-1) === 'graceful' ? c.green(line) : c.red(line)}`);
  }
  console.log();
}

function title(text) {
  console.log(`\n${c.bold(text)}\n${c.dim('─'.repeat(columns))}`);
}

function command(text) {
  console.log(`\n${c.cyan('$')} ${c.bold(text)}\n`);
}

/** Breaks a text into lines that fit, each indented. */
function wrap(text, indent) {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (stripVTControlCharacters(lines.at(-1)).length + word.length + indent + 8 > columns) lines.push('');
    lines[lines.length - 1] += (lines.at(-1) ? ' ' : '') + word;
  }
  return lines
    .map((line) => ' '.repeat(indent + 6) + line)
    .join('\n')
    .trimStart();
}
