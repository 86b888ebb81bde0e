/** The whole panel, top to bottom. */
import { useMemo, type ReactElement } from 'react';
import { panel as words, showWords } from '../../../shared/words';
import { nightShots } from '../state/choose';
import { SHOWS } from '../state/filter';
import { rowsOf, type ShotRow } from '../state/rows';
import { BatchBar } from './batch-bar';
import { ConnectCard, ConnectionLine } from './connect';
import { StoryboardButton, StoryboardCard } from '../storyboard-card';
import { useDesk, usePanel, useWords } from './context';
import { EstimatesView } from './estimates';
import { Notices } from './notices';
import { SequenceSettings } from './sequence-settings';
import { ShotList } from './shot-list';
import { Button, Divider, Dropdown, Heading, TextField } from './widgets';

export function PanelView(): ReactElement {
  const state = usePanel((whole) => whole);
  const rows = useMemo(() => rowsOf(state), [state]);
  return (
    <div className="panel" role="main">
      <div className="top">
        <Heading level={1}>Inbetween</Heading>
        <ConnectionLine />
      </div>
      <ConnectCard />
      <StoryboardCard empty={rows.length === 0} />
      <Notices />
      {rows.length > 0 ? <Toolbar rows={rows} /> : null}
      {rows.length > 0 ? <EstimatesView /> : null}
      <Divider />
      <div className="scroll">
        <ShotList rows={rows} />
        {rows.length > 0 ? (
          <div className="foot">
            <SequenceSettings rows={rows} />
            <StoryboardButton />
          </div>
        ) : null}
      </div>
      <BatchBar />
    </div>
  );
}

function Toolbar({ rows }: { readonly rows: readonly ShotRow[] }): ReactElement {
  const say = useWords();
  const desk = useDesk();
  const filter = usePanel((state) => state.filter);
  const connected = usePanel((state) => state.link.kind === 'connected');
  const chosen = rows.filter((row) => row.chosen).map((row) => row.id);
  const night = nightShots(rows);
  return (
    <div className="toolbar">
      <div className="wrap">
        <Button
          variant="cta"
          disabled={!connected || chosen.length === 0}
          text={chosen.length === 1 ? say(words.animateShot) : say(words.animateChosen, { n: chosen.length })}
          onPress={() => desk.animateShots(chosen)}
        />
        <Button
          variant="primary"
          disabled={!connected}
          text={say(words.animateNight, { n: night.length })}
          label={`${say(words.animateNight, { n: night.length })}. ${say(words.animateNightExplained)}`}
          onPress={() => desk.animateNight(night)}
        />
      </div>
      <div className="line">
        <TextField
          className="search"
          type="search"
          label={say(words.find)}
          placeholder={say(words.find)}
          value={filter.text}
          onInput={(text) => desk.filter({ text })}
        />
        <Dropdown
          label={say(words.show)}
          value={filter.show}
          options={SHOWS.map((show) => ({ value: show, text: say(showWords[show]) }))}
          onChange={(show) => desk.filter({ show })}
        />
      </div>
    </div>
  );
}
