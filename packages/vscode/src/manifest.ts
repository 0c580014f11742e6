import { commands, languages, reportViewType, type CommandContribution, type Menu } from './contributions.js';
import { settings, type SettingContribution } from './settings.js';
import { walkthrough, walkthroughId } from './walkthrough.js';

const menuGroups = {
  'editor/title/run': '1_run@90',
  'editor/context': '1_modification@90',
  'explorer/context': '4_search@90',
} as const satisfies Record<Menu, string>;

/**
 * The parts of package.json that follow from the contributions, and package.nls.json: what people read stands there, and
 * only its key in package.json, so that a translation is one more file beside it.
 */
export function manifestParts() {
  const nls: Record<string, string> = {};
  const say = (key: string, text: string): string => {
    if (nls[key] !== undefined && nls[key] !== text) throw new Error(`two texts for ${key}`);
    nls[key] = text;
    return `%${key}%`;
  };
  const manifest = {
    displayName: say('displayName', 'Graceful Shutdown'),
    description: say(
      'description',
      'See which servers drop requests when they are stopped, fix them, and prove it with a real signal',
    ),
    activationEvents: [
      ...languages.map((language) => `onLanguage:${language}`),
      // A panel that was open when the window was closed.
      `onWebviewPanel:${reportViewType}`,
    ],
    capabilities: {
      untrustedWorkspaces: {
        supported: 'limited',
        description: say(
          'untrustedWorkspaces',
          'Files are linted. Simulate SIGTERM runs the code of the workspace, so it needs trust.',
        ),
        restrictedConfigurations: settingEntries()
          .filter(([, setting]) => setting.needsTrust === true)
          .map(([key]) => key),
      },
      virtualWorkspaces: {
        supported: 'limited',
        description: say('virtualWorkspaces', 'Open files are linted. Servers cannot be run.'),
      },
    },
    contributes: {
      commands: commandEntries().map(([command, { title, icon, enablement }]) => ({
        command,
        title: say(command, title),
        category: say('category', 'Graceful Shutdown'),
        ...(icon === undefined ? {} : { icon }),
        ...(enablement === undefined ? {} : { enablement }),
      })),
      menus: {
        commandPalette: commandEntries().flatMap(([command, { palette }]) =>
          palette === undefined ? [] : [{ command, when: palette }],
        ),
        ...Object.fromEntries(
          Object.entries(menuGroups).map(([menu, group]) => [
            menu,
            commandEntries().flatMap(([command, { menus }]) => {
              const when = menus?.[menu as Menu];
              return when === undefined ? [] : [{ command, when, group }];
            }),
          ]),
        ),
      },
      walkthroughs: [
        {
          id: walkthroughId,
          title: say('walkthrough', walkthrough.title),
          description: say('walkthrough.description', walkthrough.description),
          steps: walkthrough.steps.map(({ id, title, description, altText, completionEvents }) => ({
            id,
            title: say(`walkthrough.${id}`, title),
            description: say(`walkthrough.${id}.description`, description.join('\n\n')),
            media: {
              svg: `media/walkthrough/${id}.svg`,
              altText: say(`walkthrough.${id}.altText`, altText),
            },
            completionEvents,
          })),
        },
      ],
      configuration: {
        title: say('configuration', 'Graceful Shutdown'),
        properties: Object.fromEntries(
          settingEntries().map(([key, { needsTrust: _, ...schema }]) => [
            key,
            {
              ...schema,
              markdownDescription: say(key, schema.markdownDescription),
              ...(schema.enumDescriptions === undefined
                ? {}
                : {
                    enumDescriptions: schema.enumDescriptions.map((text, index) =>
                      say(`${key}.${schema.enum?.[index] ?? String(index)}`, text),
                    ),
                  }),
            },
          ]),
        ),
      },
    },
  };
  return { manifest, nls };
}

function commandEntries(): [string, CommandContribution][] {
  return Object.entries(commands);
}

function settingEntries(): [string, SettingContribution][] {
  return Object.entries(settings).map(([key, setting]) => [`gracefulShutdown.${key}`, setting]);
}
