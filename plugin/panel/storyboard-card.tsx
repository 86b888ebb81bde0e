/** The card of "New sequence from storyboard". */
import { useSyncExternalStore, type ReactElement } from 'react';
import type { StoryboardEntry } from '../../shared/protocol';
import { boardsWords as words } from '../../shared/words';
import { useDesk, usePanel, useProblemLine, useWords } from './view/context';
import { ActionButton, Body, Button, Dropdown, Heading, Label } from './view/widgets';

const AS_READ = 'read';

/** Opens the card, where the list of shots has the first word. */
export function StoryboardButton(): ReactElement | null {
  const say = useWords();
  const { storyboards } = useDesk();
  const connected = usePanel((state) => state.link.kind === 'connected');
  const { open } = useSyncExternalStore(storyboards.store.subscribe, () => storyboards.store.get());
  if (!connected || open) return null;
  return <ActionButton quiet text={say(words.newSequence)} onPress={storyboards.open} />;
}

/** `empty`: there is nothing else to begin with, so that the closed card is a button. */
export function StoryboardCard({ empty }: { readonly empty: boolean }): ReactElement | null {
  const say = useWords();
  const line = useProblemLine();
  const { storyboards } = useDesk();
  const connected = usePanel((state) => state.link.kind === 'connected');
  const { open, entries, sheets, making, made, problem } = useSyncExternalStore(storyboards.store.subscribe, () =>
    storyboards.store.get(),
  );
  if (!connected) return null;
  if (!open) {
    if (!empty) return null;
    return (
      <div className="apart">
        <Button text={say(words.newSequence)} onPress={storyboards.open} />
      </div>
    );
  }
  return (
    <div className="card" data-card="storyboards">
      <Heading>{say(words.newSequence)}</Heading>
      {problem ? <Body className="storyboard-problem">{line(problem, true)}</Body> : null}
      <Label>{say(words.sheets)}</Label>
      <Dropdown
        label={say(words.sheets)}
        value={sheets ?? AS_READ}
        options={[
          { value: AS_READ, text: say(words.sheetsAsRead) },
          { value: 'cut', text: say(words.sheetsCut) },
          { value: 'whole', text: say(words.sheetsWhole) },
        ]}
        onChange={(value) => storyboards.chooseSheets(value === AS_READ ? null : value)}
      />
      {entries?.length === 0 ? <Body>{say(words.noneToMake)}</Body> : null}
      <div className="storyboards">
        {entries?.map((entry) => (
          <Row key={entry.id} entry={entry} busy={making !== null} />
        ))}
      </div>
      <span role="status">
        {making === null ? null : <Body>{say(words.making, { name: making })}</Body>}
        {made === null ? null : <Body>{say(words.made, { name: made })}</Body>}
      </span>
      <div className="wrap">
        <Button text={say(words.lookAgain)} disabled={making !== null} onPress={storyboards.look} />
        <Button text={say(words.close)} onPress={storyboards.close} />
      </div>
    </div>
  );
}

function Row({ entry, busy }: { readonly entry: StoryboardEntry; readonly busy: boolean }): ReactElement {
  const say = useWords();
  const { storyboards } = useDesk();
  const { name, shots, boards, wanted } = entry;
  return (
    <div className="line" data-storyboard={name}>
      <Button
        variant={wanted ? 'cta' : 'secondary'}
        text={say(words.make)}
        label={`${say(words.make)} – ${name}`}
        disabled={busy}
        onPress={() => storyboards.make(entry)}
      />
      <Body className="storyboard-name">{`${name} · ${say(words.size, { shots, boards })}`}</Body>
    </div>
  );
}
