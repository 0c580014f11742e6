/** Variables that VS Code sets for its own processes, and that would change what a server does. */
const ofTheEditor =
  /^(VSCODE_|ELECTRON_|APPLICATION_INSIGHTS_)|^(NODE_OPTIONS|NODE_CHANNEL_FD|NODE_CHANNEL_SERIALIZATION_MODE)$/;

/** Takes the editor's own variables away, so that the server runs as it does from a terminal. */
export function withoutEditorVariables(environment: NodeJS.ProcessEnv): Record<string, undefined> {
  const names = Object.keys(environment).filter((name) => ofTheEditor.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
