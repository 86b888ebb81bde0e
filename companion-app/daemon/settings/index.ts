export { previsOf } from './previs';
export { openSettings, settingsIn, type SettingsKeeper, type SettingsParts } from './settings-file';
