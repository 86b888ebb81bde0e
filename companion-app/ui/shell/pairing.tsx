/** Six digits, once; afterwards this browser is let in. */
import { Button, Form, TextField } from '@adobe/react-spectrum';
import { useState } from 'react';
import type { Problem } from '../../../shared/problem';
import { shell } from '../../../shared/words';
import { problemOf } from '../lib/api';
import { pair } from '../lib/pair';
import { ProblemBox } from '../lib/problem-box';
import { useWords } from '../lib/use-words';

export function Pairing({ problem: first }: { readonly problem?: Problem | undefined }) {
  const t = useWords();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState(first);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      await pair(code);
    } catch (error) {
      setProblem(problemOf(error));
      setCode('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="pairing" id="page">
      <h1>{t(shell.pairTitle)}</h1>
      <p>{t(shell.pairHow)}</p>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (/^\d{6}$/.test(code)) void submit();
        }}
      >
        <TextField
          label={t(shell.pairCode)}
          value={code}
          onChange={(text) => setCode(text.replace(/\D/g, '').slice(0, 6))}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          width="size-2000"
          UNSAFE_className="digits"
        />
        <Button
          type="submit"
          variant="accent"
          isDisabled={busy || code.length !== 6}
          marginTop="size-200"
          UNSAFE_style={{ alignSelf: 'start', justifySelf: 'start', width: 'auto' }}
        >
          {t(shell.pair)}
        </Button>
      </Form>
      {problem && <ProblemBox key={problem.message} problem={problem} />}
    </main>
  );
}
