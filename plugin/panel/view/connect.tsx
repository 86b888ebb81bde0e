/** How the panel stands with the companion, and the one thing to do about it. */
import { useState, type ReactElement } from 'react';
import { connectionWords, explainWords, panel as words } from '../../../shared/words';
import { connectionView } from '../state/connection';
import { useDesk, usePanel, useProblemLine, useWords } from './context';
import { Body, Button, TextField } from './widgets';

export function ConnectionLine(): ReactElement {
  const say = useWords();
  const link = usePanel((state) => state.link);
  const starting = usePanel((state) => state.starting);
  const { step } = connectionView(link, starting);
  return (
    <div className="connection">
      <span className={`dot ${step}`} aria-hidden="true" />
      <span role="status" className="connection-text" data-step={step}>
        {say(connectionWords[step])}
      </span>
    </div>
  );
}

/** Shown until the companion is there; the list below stays as it was. */
export function ConnectCard(): ReactElement | null {
  const say = useWords();
  const line = useProblemLine();
  const desk = useDesk();
  const link = usePanel((state) => state.link);
  const starting = usePanel((state) => state.starting);
  const { step, action } = connectionView(link, starting);
  if (step === 'connected') return null;
  const problem = 'problem' in link ? link.problem : null;
  const known = ['companion-unavailable', 'unauthorised', 'superseded', 'version-mismatch'];
  return (
    <div className="card">
      <Body>{say(explainWords[step])}</Body>
      {problem && !known.includes(problem.code) ? <Body className="error">{line(problem)}</Body> : null}
      {action === 'pair' ? <PairForm /> : null}
      {action === 'start' ? (
        <Button variant="cta" text={say(words.startCompanion)} onPress={desk.startCompanion} />
      ) : null}
      {action === 'take-over' ? <Button variant="cta" text={say(words.takeOver)} onPress={desk.connect} /> : null}
      {action === 'try-again' ? <Button variant="cta" text={say(words.tryAgain)} onPress={desk.connect} /> : null}
    </div>
  );
}

function PairForm(): ReactElement {
  const say = useWords();
  const desk = useDesk();
  const [code, setCode] = useState('');
  return (
    <div className="line">
      <TextField
        className="code"
        label={say(words.sixDigits)}
        placeholder="000000"
        value={code}
        onInput={setCode}
        onEnter={(value) => desk.pair(value)}
      />
      <Button variant="cta" text={say(words.pair)} onPress={() => desk.pair(code)} />
    </div>
  );
}
