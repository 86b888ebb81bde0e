/** What can be done with the jobs that are selected. */
import { ActionButton } from '@adobe/react-spectrum';
import { editor, queueWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';

export interface ToolbarProps {
  /** How many are selected, and of them how many wait, can be cancelled, can be retried. */
  readonly counts: {
    readonly selected: number;
    readonly waiting: number;
    readonly open: number;
    readonly failed: number;
    readonly others: number;
  };
  readonly act: (what: 'front' | 'up' | 'down' | 'back' | 'cancel' | 'others' | 'retry' | 'edit') => void;
}

export function Toolbar({ counts, act }: ToolbarProps) {
  const t = useWords();
  const none = counts.waiting === 0;
  return (
    <div className="row" role="toolbar" aria-label={t(queueWords.jobs)}>
      <ActionButton isDisabled={none} onPress={() => act('front')}>
        {t(queueWords.toFront)}
      </ActionButton>
      <ActionButton isDisabled={none} onPress={() => act('up')}>
        {t(queueWords.up)}
      </ActionButton>
      <ActionButton isDisabled={none} onPress={() => act('down')}>
        {t(queueWords.down)}
      </ActionButton>
      <ActionButton isDisabled={none} onPress={() => act('back')}>
        {t(queueWords.toBack)}
      </ActionButton>
      <ActionButton isDisabled={counts.open === 0} onPress={() => act('cancel')}>
        {t(queueWords.cancelThese)}
      </ActionButton>
      <ActionButton isDisabled={counts.selected === 0 || counts.others === 0} onPress={() => act('others')}>
        {t(queueWords.cancelOthers)}
      </ActionButton>
      <ActionButton isDisabled={counts.failed === 0} onPress={() => act('retry')}>
        {t(queueWords.retry)}
      </ActionButton>
      <ActionButton isDisabled={counts.selected !== 1} onPress={() => act('edit')}>
        {t(editor.editShot)}
      </ActionButton>
      {counts.selected > 0 && <span className="quiet">{t(queueWords.selected, { n: counts.selected })}</span>}
    </div>
  );
}
