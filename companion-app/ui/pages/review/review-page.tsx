/** Sequence review: choose a sequence, see it as a cut or as a contact sheet. */
import './review.css';
import { Item, Picker } from '@adobe/react-spectrum';
import { useMemo } from 'react';
import { reviewWords } from '../../../../shared/words';
import { goTo, type Place } from '../../lib/hash';
import { useQueue } from '../../lib/queue-context';
import { useWords } from '../../lib/use-words';
import { sequencesOf } from './cut/cut';
import { Review } from './review';

/** "#/review/<sequence>/<shot's name>". */
export function ReviewPage({ place: { rest } }: { readonly place: Place }) {
  const t = useWords();
  const { rows, loaded } = useQueue();
  const sequences = useMemo(() => sequencesOf(rows), [rows]);
  const [wanted, shotName] = rest;
  const sequence = wanted === undefined ? sequences[0] : sequences.find(({ id }) => id === wanted);
  if (!loaded) return null;
  if (sequences.length === 0) return <p>{t(reviewWords.nothing)}</p>;
  return (
    <>
      {(sequences.length > 1 || !sequence) && (
        <Picker
          label={t(reviewWords.sequence)}
          labelPosition="side"
          selectedKey={sequence?.id ?? null}
          onSelectionChange={(id) => goTo('review', String(id))}
          items={sequences}
        >
          {({ id, name }) => <Item key={id}>{name}</Item>}
        </Picker>
      )}
      {sequence ? <Review key={sequence.id} sequence={sequence} shotName={shotName} /> : <p>{t(reviewWords.gone)}</p>}
    </>
  );
}
