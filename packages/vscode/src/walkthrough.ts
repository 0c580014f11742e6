import type { CommandId } from './contributions.js';

/** The id of the walkthrough, as `workbench.action.openWalkthrough` wants it behind the extension's own. */
export const walkthroughId = 'gracefulShutdown.firstRun';

/** Set once one of our problems has been seen, so that the step that shows one is done. */
export const problemSeenContext = 'gracefulShutdown.problemSeen';

/** Set once a file that had problems has none any more. */
export const problemFixedContext = 'gracefulShutdown.problemFixed';

interface Step {
  readonly id: string;
  readonly title: string;
  /** Paragraphs without code marks, which a walkthrough shows as they are; one that is only a link to a command is drawn as a button. */
  readonly description: readonly string[];
  /** Of the picture `media/walkthrough/<id>.svg`, in words. */
  readonly altText: string;
  readonly completionEvents: readonly string[];
}

const command = (id: CommandId): string => `command:${id}`;
const onCommand = (id: CommandId): string => `onCommand:${id}`;

/** What a first run shows, step by step. */
export const walkthrough = {
  title: 'Stop Servers without Dropping Requests',
  description: 'See a problem, fix it, and prove the fix, in two minutes.',
  steps: [
    {
      id: 'problem',
      title: 'See a server that drops requests',
      description: [
        'Open the file that starts your server: a **listen()** that would drop requests on a deploy is underlined. Point at it to read why.',
        `[Open a Sample Server](${command('gracefulShutdown.openSampleServer')})`,
      ],
      altText: 'A call of listen() with a wavy line under it',
      completionEvents: [`onContext:${problemSeenContext}`],
    },
    {
      id: 'fix',
      title: 'Fix it with one key',
      description: [
        'Put the cursor on the underlined call, press **Ctrl+.** (macOS: **⌘.**) and choose **Add a graceful shutdown**. It is written for your framework, in the style of the file.',
      ],
      altText: 'The quick fix "Add a graceful shutdown"',
      completionEvents: [`onContext:${problemFixedContext}`],
    },
    {
      id: 'prove',
      title: 'Prove it with a real signal',
      description: [
        'Your server is started, requests are held in flight, SIGTERM is sent, and every request is followed to its end. The same button stands above each **listen()**.',
        `[Simulate SIGTERM](${command('gracefulShutdown.simulate')})`,
      ],
      altText: 'Requests that end in a cross right after the signal',
      completionEvents: [onCommand('gracefulShutdown.simulate')],
    },
    {
      id: 'timeline',
      title: 'Read the timeline',
      description: [
        'Each bar is a request. A red one with a cross was lost; a green one goes on behind the signal until it was answered. Below stand the checks, each with what to do about it.',
        `[Show Last Report](${command('gracefulShutdown.showLastReport')})`,
      ],
      altText:
        'Requests that go on behind the signal until they are answered, and then the end of the process',
      completionEvents: [onCommand('gracefulShutdown.showLastReport')],
    },
    {
      id: 'ci',
      title: 'Keep it so in CI',
      description: [
        'The same rules run in ESLint as **eslint-plugin-graceful-shutdown**, and the same simulation in a terminal as **sigterm -- node server.js**, which exits with 1 when a request is lost.',
        '[How to Set It Up](https://github.com/graceful-shutdown/graceful-shutdown#readme)',
      ],
      altText: 'A list of CI steps that have passed: eslint, sigterm, deploy',
      completionEvents: ['onLink:https://github.com/graceful-shutdown/graceful-shutdown#readme'],
    },
  ] satisfies Step[],
};
