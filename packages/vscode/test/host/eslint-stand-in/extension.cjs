// In place of the ESLint extension, which is on no registry that tests can install from: it has its id and its setting,
// and reports one problem of ours as that does, when a test tells it to.
const { commands, Diagnostic, DiagnosticSeverity, languages, Range } = require('vscode');

exports.activate = ({ subscriptions }) => {
  const collection = languages.createDiagnosticCollection('eslint');
  subscriptions.push(
    collection,
    commands.registerCommand('eslintStandIn.report', (uri) => {
      const problem = new Diagnostic(new Range(0, 0, 0, 1), 'A problem.', DiagnosticSeverity.Error);
      problem.source = 'eslint';
      problem.code = 'graceful-shutdown/require-signal-handlers';
      collection.set(uri, [problem]);
    }),
  );
};
