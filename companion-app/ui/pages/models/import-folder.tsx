/** Takes in a folder that is a pack already. */
import { Button, Form, TextField } from '@adobe/react-spectrum';
import { useState } from 'react';
import { modelsWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';

export interface ImportFolderProps {
  readonly busy: boolean;
  readonly load: (folder: string, name: string) => void;
}

export function ImportFolder({ busy, load }: ImportFolderProps) {
  const t = useWords();
  const [folder, setFolder] = useState('');
  const [name, setName] = useState('');
  return (
    <Form
      maxWidth="size-6000"
      onSubmit={(event) => {
        event.preventDefault();
        if (folder.trim()) load(folder.trim(), name.trim());
      }}
    >
      <p>{t(modelsWords.importHow)}</p>
      <TextField label={t(modelsWords.importFolder)} value={folder} onChange={setFolder} />
      <TextField label={t(modelsWords.importName)} value={name} onChange={setName} />
      <div>
        <Button type="submit" variant="secondary" isDisabled={busy || !folder.trim()} marginTop="size-100">
          {t(modelsWords.import)}
        </Button>
      </div>
    </Form>
  );
}
