/** Where a storyboard comes in: dropped, or chosen as files or as a folder. */
import { Button } from '@adobe/react-spectrum';
import { useCallback, useRef, useState, type DragEvent } from 'react';
import { boardsWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';
import { ofChooser, ofDrop } from './dropped';
import type { Picked } from './pick';

export interface DropAreaProps {
  readonly busy: boolean;
  readonly take: (dropped: Promise<readonly Picked<File>[]>) => void;
}

export function DropArea({ busy, take }: DropAreaProps) {
  const t = useWords();
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement | null>(null);
  const asFolder = useCallback((input: HTMLInputElement | null) => {
    folder.current = input;
    input?.setAttribute('webkitdirectory', '');
  }, []);
  const drag = (event: DragEvent): void => {
    event.preventDefault();
    event.dataTransfer.dropEffect = busy ? 'none' : 'copy';
    setOver(!busy);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!busy) take(ofDrop(event.dataTransfer));
  };
  const chosen = (input: HTMLInputElement): void => {
    const picked = ofChooser(input.files ?? new DataTransfer().files);
    // The same choice again is a choice too.
    input.value = '';
    if (picked.length > 0) take(Promise.resolve(picked));
  };
  return (
    <section
      className={over ? 'drop-area over' : 'drop-area'}
      aria-label={t(boardsWords.drop)}
      onDragEnter={drag}
      onDragOver={drag}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="drop-title">{t(boardsWords.drop)}</p>
      <p className="quiet">{t(boardsWords.dropHow)}</p>
      <div className="row">
        <Button variant="primary" isDisabled={busy} onPress={() => files.current?.click()}>
          {t(boardsWords.chooseFiles)}
        </Button>
        <Button variant="secondary" isDisabled={busy} onPress={() => folder.current?.click()}>
          {t(boardsWords.chooseFolder)}
        </Button>
      </div>
      <input ref={files} type="file" multiple hidden data-choose="files" onChange={(event) => chosen(event.target)} />
      <input ref={asFolder} type="file" hidden data-choose="folder" onChange={(event) => chosen(event.target)} />
    </section>
  );
}
