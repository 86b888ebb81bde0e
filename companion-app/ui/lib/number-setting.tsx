/** A number that is sent once it is typed to its end. */
import { NumberField } from '@adobe/react-spectrum';
import { useEffect, useState } from 'react';

export interface NumberSettingProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly change: (value: number) => void;
}

export function NumberSetting({ label, value, min, max, step, change }: NumberSettingProps) {
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  return (
    <NumberField
      label={label}
      value={shown}
      minValue={min}
      maxValue={max}
      {...(step === undefined ? { formatOptions: { maximumFractionDigits: 4 } } : { step })}
      onChange={(next) => {
        setShown(next);
        if (!Number.isNaN(next) && next !== value) change(next);
      }}
      width="size-4600"
      maxWidth="100%"
    />
  );
}
