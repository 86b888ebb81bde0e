/** What an hour of the machine and of a person costs: the cost page reckons with it. */
import { TextField } from '@adobe/react-spectrum';
import { useEffect, useState } from 'react';
import type { Settings } from '../../../../shared/protocol';
import { settingsWords } from '../../../../shared/words';
import { NumberSetting } from '../../lib/number-setting';
import { useWords } from '../../lib/use-words';

type Cost = Settings['cost'];

export interface PricesProps {
  readonly cost: Cost;
  readonly change: (part: Partial<Cost>) => void;
}

export function Prices({ cost, change }: PricesProps) {
  const t = useWords();
  return (
    <>
      <h2>{t(settingsWords.cost)}</h2>
      <Currency value={cost.currency} change={(currency) => change({ currency })} />
      <NumberSetting
        label={t(settingsWords.perKWh)}
        value={cost.pricePerKWh}
        min={0}
        max={100}
        change={(pricePerKWh) => change({ pricePerKWh })}
      />
      <NumberSetting
        label={t(settingsWords.machinePrice)}
        value={cost.machinePrice}
        min={0}
        max={1e7}
        change={(machinePrice) => change({ machinePrice })}
      />
      <NumberSetting
        label={t(settingsWords.machineYears)}
        value={cost.machineYears}
        min={0.5}
        max={30}
        change={(machineYears) => change({ machineYears })}
      />
      <NumberSetting
        label={t(settingsWords.machineHours)}
        value={cost.machineHoursPerYear}
        min={1}
        max={8784}
        change={(machineHoursPerYear) => change({ machineHoursPerYear })}
      />
      <NumberSetting
        label={t(settingsWords.ratedWatts)}
        value={cost.ratedWatts ?? 0}
        min={0}
        max={5000}
        change={(watts) => change({ ratedWatts: watts < 1 ? null : watts })}
      />
      <NumberSetting
        label={t(settingsWords.reviewPerHour)}
        value={cost.reviewPerHour}
        min={0}
        max={10_000}
        change={(reviewPerHour) => change({ reviewPerHour })}
      />
    </>
  );
}

function Currency({ value, change }: { readonly value: string; readonly change: (value: string) => void }) {
  const t = useWords();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const code = text.trim().toUpperCase();
  const sound = /^[A-Z]{3}$/.test(code);
  const done = (): void => {
    if (!sound) setText(value);
    else if (code !== value) change(code);
  };
  return (
    <TextField
      label={t(settingsWords.currency)}
      value={text}
      onChange={setText}
      onBlur={done}
      onKeyDown={({ key }) => {
        if (key === 'Enter') done();
      }}
      {...(!sound && { validationState: 'invalid' as const })}
      maxLength={3}
      width="size-3000"
    />
  );
}
