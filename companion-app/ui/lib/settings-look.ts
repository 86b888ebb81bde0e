/** Language and theme as the companion's settings have them, asked for whenever the line comes up. */
import { useEffect } from 'react';
import { settingsEndpoint } from '../../../shared/protocol';
import { call } from './api';
import { showAs } from './preferences';

export function useSettingsLook(connected: boolean): void {
  useEffect(() => {
    if (!connected) return;
    const stop = new AbortController();
    call(settingsEndpoint, {}, stop.signal).then(showAs, () => undefined); // what was shown before stays
    return () => stop.abort();
  }, [connected]);
}
