/** Asked before a take is rejected, what is noted about one, and the keys. */
import {
  Button,
  ButtonGroup,
  Content,
  Dialog,
  Divider,
  Heading,
  Radio,
  RadioGroup,
  TextArea,
  useDialogContainer,
} from '@adobe/react-spectrum';
import { useState } from 'react';
import type { JobRow } from '../../../../../shared/protocol';
import { common, REASONS, reviewWords, type Entry } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';

const [REASON_LENGTH, NOTE_LENGTH] = [400, 2000];

interface AskProps {
  readonly take: JobRow;
  readonly done: (text: string) => void;
}

/** The reason is kept in English, so that the costs of one reason add up whoever gave it; own words follow it. */
export function RejectDialog({ take, done }: AskProps) {
  const t = useWords();
  const dialog = useDialogContainer();
  const [chosen, setChosen] = useState(reviewWords.reasonMove.en);
  const [words, setWords] = useState('');
  const reject = (): void => {
    const own = words.trim();
    const other = chosen === reviewWords.reasonOther.en;
    done((own === '' ? chosen : other ? own : `${chosen}: ${own}`).slice(0, REASON_LENGTH));
    dialog.dismiss();
  };
  return (
    <Dialog size="S">
      <Heading>{t(reviewWords.rejectTitle, { shot: take.spec.shot.name, n: take.spec.take })}</Heading>
      <Divider />
      <Content>
        <div onKeyDownCapture={(event) => event.key === 'Enter' && reject()}>
          <RadioGroup label={t(reviewWords.reason)} value={chosen} onChange={setChosen}>
            {REASONS.map((reason, i) => (
              <Radio key={reason.en} value={reason.en} autoFocus={i === 0}>
                {t(reason)}
              </Radio>
            ))}
          </RadioGroup>
        </div>
        <TextArea
          label={t(reviewWords.inOwnWords)}
          value={words}
          onChange={setWords}
          maxLength={REASON_LENGTH}
          width="100%"
        />
      </Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={() => dialog.dismiss()}>
          {t(common.cancel)}
        </Button>
        <Button variant="negative" onPress={reject}>
          {t(reviewWords.reject)}
        </Button>
      </ButtonGroup>
    </Dialog>
  );
}

export function NoteDialog({ take, note, done }: AskProps & { readonly note: string }) {
  const t = useWords();
  const dialog = useDialogContainer();
  const [text, setText] = useState(note);
  return (
    <Dialog size="S">
      <Heading>{t(reviewWords.noteTitle, { shot: take.spec.shot.name, n: take.spec.take })}</Heading>
      <Divider />
      <Content>
        <TextArea
          label={t(reviewWords.note)}
          value={text}
          onChange={setText}
          maxLength={NOTE_LENGTH}
          width="100%"
          autoFocus
        />
      </Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={() => dialog.dismiss()}>
          {t(common.cancel)}
        </Button>
        <Button
          variant="accent"
          onPress={() => {
            done(text.trim());
            dialog.dismiss();
          }}
        >
          {t(reviewWords.keep)}
        </Button>
      </ButtonGroup>
    </Dialog>
  );
}

const KEYS: readonly (readonly [string | Entry, Entry])[] = [
  ['J', reviewWords.keyReverse],
  ['K', reviewWords.pause],
  ['L', reviewWords.keyForward],
  [reviewWords.keySpace, reviewWords.keyPlay],
  ['← →', reviewWords.keyShot],
  [', .', reviewWords.keyFrame],
  ['1–9', reviewWords.keyTake],
  ['A', reviewWords.approve],
  ['X', reviewWords.reject],
  ['N', reviewWords.note],
  ['C', reviewWords.keySheet],
  ['?', reviewWords.keyHelp],
];

export function KeysDialog() {
  const t = useWords();
  const dialog = useDialogContainer();
  return (
    <Dialog size="S">
      <Heading>{t(reviewWords.keys)}</Heading>
      <Divider />
      <Content>
        <table className="keys">
          <tbody>
            {KEYS.map(([key, what]) => {
              const name = typeof key === 'string' ? key : t(key);
              return (
                <tr key={name}>
                  <th scope="row">
                    <kbd>{name}</kbd>
                  </th>
                  <td>{t(what)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={() => dialog.dismiss()} autoFocus>
          {t(common.close)}
        </Button>
      </ButtonGroup>
    </Dialog>
  );
}
