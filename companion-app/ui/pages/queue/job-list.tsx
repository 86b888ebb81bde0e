/** The jobs as rows: only those in sight are drawn, however many there are; waiting ones can be dragged. */
import { Item, ListView, Text, useDragAndDrop, type Selection } from '@adobe/react-spectrum';
import type { JobRow } from '../../../../shared/protocol';
import { queueWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';
import { JobDetails, JobTitle } from './job-row';

export interface JobListProps {
  readonly rows: readonly JobRow[];
  readonly selected: Selection;
  readonly select: (keys: Selection) => void;
  readonly drop: (ids: ReadonlySet<string>, target: { readonly id: string; readonly side: 'before' | 'after' }) => void;
  readonly empty: string;
}

const KIND = 'inbetween-job';

export function JobList({ rows, selected, select, drop, empty }: JobListProps) {
  const t = useWords();
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ [KIND]: String(key) })),
    acceptedDragTypes: [KIND],
    onReorder: ({ keys, target: { key, dropPosition } }) => {
      if (dropPosition !== 'on') drop(new Set([...keys].map(String)), { id: String(key), side: dropPosition });
    },
  });
  return (
    <ListView
      aria-label={t(queueWords.jobs)}
      items={rows}
      selectionMode="multiple"
      selectedKeys={selected}
      onSelectionChange={select}
      dragAndDropHooks={dragAndDropHooks}
      overflowMode="wrap"
      density="compact"
      width="100%"
      height="100%"
      renderEmptyState={() => <p className="empty">{empty}</p>}
    >
      {(row) => (
        // Rows that have not changed are not made again: what changes without them is in components of its own.
        <Item key={row.spec.id} textValue={`${row.spec.shot.name} ${row.spec.sequence.name}`}>
          <Text>
            <JobTitle row={row} />
          </Text>
          <Text slot="description">
            <JobDetails row={row} />
          </Text>
        </Item>
      )}
    </ListView>
  );
}
