export { openSettings, type SettingsKeeper, type SettingsParts } from './settings-file';
