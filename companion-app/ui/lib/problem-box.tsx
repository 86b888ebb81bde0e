/** An error as a person can use it: what happened, what is safe, one thing to do; its English text to copy. */
import { ActionButton, Button } from '@adobe/react-spectrum';
import { useState } from 'react';
import { sayProblem, shell } from '../../../shared/words';
import type { Problem } from '../../../shared/problem';
import { useLanguage } from './preferences';
import { useWords } from './use-words';

/** The text someone pastes into a message for help: as the companion wrote it, whatever the page's language. */
export const textOf = ({ code, message, safe, action }: Problem): string =>
  [message, safe, action, `(${code})`].filter(Boolean).join('\n');

export interface ProblemBoxProps {
  readonly problem: Problem;
  /** The one thing to do, where the page can do it. */
  readonly act?: { readonly label: string; readonly press: () => void };
}

export function ProblemBox({ problem, act }: ProblemBoxProps) {
  const t = useWords();
  const language = useLanguage();
  const [copied, setCopied] = useState(false);
  const { what, safe, action, original } = sayProblem(language, problem);
  const copy = (): void => {
    void navigator.clipboard.writeText(textOf(problem)).then(() => setCopied(true));
  };
  return (
    <section className="problem" role="alert">
      <p className="problem-what">{what}</p>
      {original && (
        <p className="quiet" lang="en">
          {original}
        </p>
      )}
      {safe && <p>{safe}</p>}
      {action && <p className="problem-action">{action}</p>}
      <div className="row">
        {act && (
          <Button variant="primary" onPress={act.press}>
            {act.label}
          </Button>
        )}
        <ActionButton isQuiet onPress={copy}>
          {t(copied ? shell.copied : shell.copy)}
        </ActionButton>
      </div>
    </section>
  );
}
