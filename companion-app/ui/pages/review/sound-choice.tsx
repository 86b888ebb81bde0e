/** Chooses the sound that goes with the cut, and carries its player. */
import { ActionButton } from '@adobe/react-spectrum';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { reviewWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';
import { useSound } from './use-sound';

interface SoundChoiceProps {
  readonly sequenceId: string;
  readonly player: RefObject<HTMLAudioElement | null>;
}

export function SoundChoice({ sequenceId, player }: SoundChoiceProps) {
  const t = useWords();
  const { sound, choose } = useSound(sequenceId);
  const [wrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setWrong(false), [sound]);
  return (
    <>
      <input
        ref={field}
        type="file"
        accept="audio/*,video/mp4"
        hidden
        aria-hidden="true"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) choose(file);
          event.target.value = '';
        }}
      />
      <ActionButton onPress={() => field.current?.click()}>{t(reviewWords.sound)}</ActionButton>
      {sound && (
        <>
          <ActionButton onPress={() => choose(null)}>{t(reviewWords.soundRemove)}</ActionButton>
          <span className="quiet sound-name">{t(reviewWords.soundOf, { name: sound.name })}</span>
          <audio ref={player} src={sound.url} preload="auto" onError={() => setWrong(true)} />
          {wrong && <p role="alert">{t(reviewWords.soundWrong)}</p>}
        </>
      )}
    </>
  );
}
