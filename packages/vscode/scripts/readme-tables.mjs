// The tables of README.md that follow from src/contributions.ts, between comments that name them.

/**
 * @param {string} readme
 * @param {ReturnType<import('../src/manifest.js').manifestParts>} parts
 * @returns {string} the README with its tables as they should be
 */
export function withTables(readme, { manifest, nls }) {
  const textOf = (/** @type {string} */ key) => nls[key.slice(1, -1)] ?? key;
  const { commands, configuration } = manifest.contributes;
  const tables = {
    commands: table(
      ['command', 'id, for key bindings'],
      commands.map(({ command, title }) => [textOf(title), `\`${command}\``]),
    ),
    settings: table(
      ['setting', 'default', 'meaning'],
      Object.entries(configuration.properties).map(([key, schema]) => [
        `\`${key}\``,
        schema.default === '' ? '' : `\`${JSON.stringify(schema.default)}\``,
        // A link to a setting works in VS Code only.
        textOf(schema.markdownDescription)
          .replaceAll(/`#([\w.]+)#`/g, '`$1`')
          .replaceAll('|', '\\|'),
      ]),
    ),
  };
  return Object.entries(tables).reduce(
    (text, [name, content]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`),
        (_, start, end) => `${start}\n${content}\n${end}`,
      ),
    readme,
  );
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
