/** The companion's settings, and changes to them; language and theme take effect at once. */
import { useCallback, useEffect, useRef } from 'react';
import type { Problem } from '../../../shared/problem';
import {
  changeSettingsEndpoint,
  patched,
  settingsEndpoint,
  type Settings,
  type SettingsPatch,
} from '../../../shared/protocol';
import { call } from './api';
import { showAs } from './preferences';
import { useAct } from './use-act';
import { useCall } from './use-call';

export interface SettingsNow {
  readonly settings: Settings | undefined;
  readonly problem: Problem | undefined;
  /** Shows a change and sends it. */
  readonly change: (patch: SettingsPatch) => void;
}

/** The settings as they would be; null for what is no valid setting: the companion says what is wrong with it. */
function tried(settings: Settings, patch: SettingsPatch): Settings | null {
  try {
    return patched(settings, patch);
  } catch {
    return null;
  }
}

/**
 * A change is shown at once, so that the next one is built on it however slow the companion is; changes are sent one after the
 * other, and what the companion has after the last of them, or after one it refused, is what is shown then.
 */
export function useSettings(): SettingsNow {
  const { data, problem, set, again } = useCall(settingsEndpoint, {});
  const act = useAct();
  const shown = useRef(data);
  const sent = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  useEffect(() => {
    shown.current = data;
    if (data) showAs(data);
  }, [data]);
  const { run } = act;
  const change = useCallback(
    (patch: SettingsPatch) => {
      const next = shown.current && tried(shown.current, patch);
      if (next) {
        shown.current = next;
        set(next);
      }
      waiting.current += 1;
      const answer = sent.current.then(() => call(changeSettingsEndpoint, patch));
      sent.current = answer.catch(() => undefined);
      run(async () => {
        try {
          const settings = await answer;
          if (waiting.current === 1) set(settings);
        } catch (error) {
          again();
          throw error;
        } finally {
          waiting.current -= 1;
        }
      });
    },
    [run, set, again],
  );
  return { settings: data, problem: act.problem ?? problem, change };
}
