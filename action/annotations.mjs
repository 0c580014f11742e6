// An ESLint formatter: one workflow command for each problem.
import { relative } from 'node:path';

export default function format(results) {
  const root = process.env.GITHUB_WORKSPACE || process.cwd();
  const problems = results.flatMap(({ filePath, messages }) =>
    messages.map((message) => ({ ...message, file: relative(root, filePath) })),
  );
  return problems.map(annotate).join('\n') || 'Nothing to report.';
}

function annotate({ file, line = 1, column = 1, severity, ruleId, message }) {
  const properties = { file, line, col: column, title: ruleId ?? 'cannot be parsed' };
  const list = Object.entries(properties).map(
    ([name, value]) => `${name}=${escape(String(value), /[%\r\n:,]/g)}`,
  );
  return `::${severity === 2 ? 'error' : 'warning'} ${list.join(',')}::${escape(message, /[%\r\n]/g)}`;
}

function escape(text, special) {
  return text.replace(
    special,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
