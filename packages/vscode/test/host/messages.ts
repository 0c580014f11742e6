import { window } from 'vscode';

/** What the user would have been told. */
export interface CapturedMessages {
  readonly messages: readonly string[];
  readonly restore: () => void;
}

/** Keeps what the user would be told: the workbench shows no messages to tests, so a question would never be answered. */
export function captureMessages(): CapturedMessages {
  const messages: string[] = [];
  const { showErrorMessage, showInformationMessage } = window;
  const capture = (message: string) => {
    messages.push(message);
    return Promise.resolve(undefined);
  };
  Object.assign(window, { showErrorMessage: capture, showInformationMessage: capture });
  return {
    messages,
    restore: () => void Object.assign(window, { showErrorMessage, showInformationMessage }),
  };
}
