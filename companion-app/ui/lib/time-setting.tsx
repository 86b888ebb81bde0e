/** A time of day on the companion's clock, "22:00". */
import { TextField } from '@adobe/react-spectrum';
import { useEffect, useState } from 'react';
import { zTimeOfDay } from '../../../shared/protocol';

export interface TimeSettingProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** "7:05" and "705" are taken for "07:05"; null for what is no time. */
export function readTime(text: string): string | null {
  const [, hours, minutes] = /^\s*(\d{1,2})[:.h]?(\d{2})\s*$/.exec(text) ?? [];
  const time = `${(hours ?? '').padStart(2, '0')}:${minutes ?? ''}`;
  return zTimeOfDay.safeParse(time).success ? time : null;
}

export function TimeSetting({ label, value, change }: TimeSettingProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const time = readTime(text);
  const done = (): void => {
    setText(time ?? value);
    if (time !== null && time !== value) change(time);
  };
  return (
    <TextField
      label={label}
      value={text}
      onChange={setText}
      onBlur={done}
      onKeyDown={({ key }) => {
        if (key === 'Enter') done();
      }}
      {...(time === null && { validationState: 'invalid' as const })}
      inputMode="numeric"
      width="size-1600"
    />
  );
}
