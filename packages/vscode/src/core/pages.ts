const repository = 'https://github.com/graceful-shutdown/graceful-shutdown/blob/main';

/**
 * The page that says what a check is about.
 * @param id of the check; what a scenario alone is asked goes by its name
 * @param scenarios those of `sigterm`, by their id
 */
export function checkPage(id: string, scenarios: object): string {
  const section = Object.hasOwn(scenarios, id) ? 'scenarios' : 'what-is-checked';
  return `${repository}/packages/simulator/README.md#${section}`;
}

/** What the debugger's Stop button does to a server. */
export const stopButtonPage = `${repository}/packages/vscode/README.md#good-to-know`;
