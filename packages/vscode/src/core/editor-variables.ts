/** What VS Code sets for its own processes, and what would change a server that inherits it. */
const ofTheEditor = /^(VSCODE_|ELECTRON_|APPLICATION_INSIGHTS_|NODE_CHANNEL_)|^NODE_OPTIONS$/;

/** An environment as a terminal has it. */
export function withoutEditorVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ofTheEditor.test(name)));
}
