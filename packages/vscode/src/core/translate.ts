/** Gives a text in the user's language, with `{0}`, `{1}` … replaced: `l10n.t` of VS Code, which core/ does not know. */
export type Translate = (text: string, ...values: (string | number)[]) => string;
