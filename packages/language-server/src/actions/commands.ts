/** Opens the page of a rule, which is the argument. */
export const openRulePageCommand = 'graceful-shutdown.openRulePage';

/** Writes a graceful shutdown into the document whose URI is the first argument; the second is the line of the server. */
export const insertScaffoldCommand = 'graceful-shutdown.insertScaffold';

/** Checks all files of the open folders. */
export const lintWorkspaceCommand = 'graceful-shutdown.lintWorkspace';
