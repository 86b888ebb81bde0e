/** A licence to be read and accepted before anything is fetched. */
import {
  Button,
  ButtonGroup,
  Checkbox,
  Content,
  Dialog,
  Divider,
  Heading,
  useDialogContainer,
} from '@adobe/react-spectrum';
import { useState } from 'react';
import type { KnownPack } from '../../../../shared/protocol';
import { common, modelsWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';

export function Licence({ pack, accept }: { readonly pack: KnownPack; readonly accept: () => void }) {
  const t = useWords();
  const dialog = useDialogContainer();
  const dismiss = (): void => dialog.dismiss();
  const [read, setRead] = useState(false);
  return (
    <Dialog>
      <Heading>{t(modelsWords.licenceTitle, { title: pack.title })}</Heading>
      <Divider />
      <Content>
        <p>
          <strong>{pack.licence.name}</strong>
        </p>
        <p className="licence" tabIndex={0}>
          {pack.licence.text}
        </p>
        <p>
          {t(modelsWords.licenceWhole)}: <span className="address">{pack.licence.url}</span>
        </p>
        <Checkbox isSelected={read} onChange={setRead}>
          {t(modelsWords.accept)}
        </Checkbox>
      </Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={dismiss}>
          {t(common.cancel)}
        </Button>
        <Button
          variant="accent"
          isDisabled={!read}
          onPress={() => {
            accept();
            dismiss();
          }}
        >
          {t(modelsWords.acceptAndPull)}
        </Button>
      </ButtonGroup>
    </Dialog>
  );
}
