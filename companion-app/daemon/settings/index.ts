export { previsOf } from './previs';
export { openSettings, type SettingsKeeper, type SettingsParts } from './settings-file';
