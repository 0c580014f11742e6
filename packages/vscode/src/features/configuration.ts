import { workspace, type Uri } from 'vscode';
import { settings, type SettingKey, type SettingValue } from '../settings.js';

/** The value of one of our settings, as it holds for a resource. */
export function settingOf<Key extends SettingKey>(key: Key, resource?: Uri): SettingValue<Key> {
  const fallback = settings[key].default as SettingValue<Key>;
  return workspace.getConfiguration('gracefulShutdown', resource).get<SettingValue<Key>>(key, fallback);
}
