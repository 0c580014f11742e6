/** Stands here, not read from package.json, so that the server can be bundled; a test holds the two together. */
export const version = '0.1.0';
