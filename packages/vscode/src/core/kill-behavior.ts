import { findNodeAtLocation, modify, parseTree, type Edit, type FormattingOptions } from 'jsonc-parser';

/** A launch configuration, as it is written or as a debug session was started with. */
export type LaunchConfiguration = Readonly<Record<string, unknown>>;

/**
 * The program of a debug session that the Stop button will end with SIGKILL, though nobody has asked for that.
 * @param session what it was started with, where the debugger has filled in its defaults
 * @param written the configurations that users wrote
 * @see https://code.visualstudio.com/docs/nodejs/nodejs-debugging
 */
export function killedProgram(
  session: LaunchConfiguration,
  written: readonly LaunchConfiguration[],
): string | undefined {
  const { type, request, name, program, killBehavior } = session;
  if ((type !== 'node' && type !== 'pwa-node') || request !== 'launch') return undefined;
  if (killBehavior !== undefined && killBehavior !== 'forceful') return undefined;
  if (written.some((one) => one['name'] === name && one['killBehavior'] !== undefined)) return undefined;
  return typeof program === 'string' ? program : undefined;
}

/**
 * What to change in the text of a `launch.json` so that the Stop button sends SIGTERM.
 * @returns undefined where it has no configuration of that name
 */
export function politeEdits(text: string, name: string, format: FormattingOptions): Edit[] | undefined {
  const root = parseTree(text);
  const list = root && findNodeAtLocation(root, ['configurations']);
  const index = list?.children?.findIndex((one) => findNodeAtLocation(one, ['name'])?.value === name) ?? -1;
  if (index === -1) return undefined;
  return modify(text, ['configurations', index, 'killBehavior'], 'polite', { formattingOptions: format });
}
