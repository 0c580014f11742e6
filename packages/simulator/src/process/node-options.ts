/** `NODE_OPTIONS` with a `--require` of `path` added behind what the user had set. */
export function withRequire(nodeOptions: string | undefined, path: string): string {
  // Node splits the variable at spaces, and knows double quotes with a backslash as the escape inside them.
  const quoted = /[\s"\\]/.test(path) ? `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : path;
  const required = `--require ${quoted}`;
  return nodeOptions === undefined || nodeOptions.trim() === '' ? required : `${nodeOptions} ${required}`;
}
