/** The companion's settings, and changes to them; language and theme take effect at once. */
import { useCallback, useEffect } from 'react';
import type { Problem } from '../../../shared/problem';
import { changeSettingsEndpoint, settingsEndpoint, type Settings, type SettingsPatch } from '../../../shared/protocol';
import { call } from './api';
import { showAs } from './preferences';
import { useAct } from './use-act';
import { useCall } from './use-call';

export interface SettingsNow {
  readonly settings: Settings | undefined;
  readonly problem: Problem | undefined;
  /** Sends a change; what the companion then has is what is shown. */
  readonly change: (patch: SettingsPatch) => void;
}

export function useSettings(): SettingsNow {
  const { data, problem, set, again } = useCall(settingsEndpoint, {});
  const act = useAct();
  useEffect(() => {
    if (data) showAs(data);
  }, [data]);
  const { run } = act;
  const change = useCallback(
    (patch: SettingsPatch) =>
      run(async () => {
        try {
          set(await call(changeSettingsEndpoint, patch));
        } catch (error) {
          again();
          throw error;
        }
      }),
    [run, set, again],
  );
  return { settings: data, problem: act.problem ?? problem, change };
}
