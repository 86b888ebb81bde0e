/** Origins beside the companion's own that may connect. */
import { Button, TextArea } from '@adobe/react-spectrum';
import { useState } from 'react';
import { settingsWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';

export interface OriginsProps {
  readonly origins: readonly string[];
  readonly change: (origins: readonly string[]) => void;
}

export function Origins({ origins, change }: OriginsProps) {
  const t = useWords();
  const [text, setText] = useState(origins.join('\n'));
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const same = lines.join('\n') === origins.join('\n');
  return (
    <>
      <TextArea label={t(settingsWords.origins)} value={text} onChange={setText} width="size-6000" maxWidth="100%" />
      <div>
        <Button variant="secondary" isDisabled={same} onPress={() => change(lines)}>
          {t(settingsWords.save)}
        </Button>
      </div>
    </>
  );
}
