/** The archive for whoever helps, with what the person ticks. */
import { Button, Checkbox } from '@adobe/react-spectrum';
import { useState } from 'react';
import { supportEndpoint } from '../../../../shared/protocol';
import { doctorWords } from '../../../../shared/words';
import { callRaw } from '../../lib/api';
import { ProblemBox } from '../../lib/problem-box';
import { useAct } from '../../lib/use-act';
import { useWords } from '../../lib/use-words';

export function Support() {
  const t = useWords();
  const [pictures, setPictures] = useState(false);
  const [notes, setNotes] = useState(false);
  const { busy, problem, run } = useAct();
  const yes = (on: boolean): 'yes' | 'no' => (on ? 'yes' : 'no');
  const save = async (): Promise<void> => {
    const zip = await callRaw(supportEndpoint, { pictures: yes(pictures), notes: yes(notes) });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(zip);
    link.download = 'inbetween-support.zip';
    link.click();
    // The browser has its own copy by the next turn.
    setTimeout(() => URL.revokeObjectURL(link.href), 0);
  };
  return (
    <div className="form">
      <p>{t(doctorWords.supportHow)}</p>
      <Checkbox isSelected={pictures} onChange={setPictures}>
        {t(doctorWords.pictures)}
      </Checkbox>
      <Checkbox isSelected={notes} onChange={setNotes}>
        {t(doctorWords.notes)}
      </Checkbox>
      <div>
        <Button variant="accent" isDisabled={busy} onPress={() => run(save)}>
          {t(doctorWords.save)}
        </Button>
      </div>
      {problem && <ProblemBox problem={problem} />}
    </div>
  );
}
