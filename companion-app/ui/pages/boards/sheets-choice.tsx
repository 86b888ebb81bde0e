/** What becomes of scanned sheets. */
import { Item, Picker } from '@adobe/react-spectrum';
import { SHEETS, type Sheets } from '../../../../shared/shot';
import { boardsWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';

const NAMES = { auto: boardsWords.sheetsAuto, cut: boardsWords.sheetsCut, whole: boardsWords.sheetsWhole } as const;

interface SheetsChoiceProps {
  readonly chosen: Sheets;
  readonly choose: (sheets: Sheets) => void;
  readonly busy?: boolean;
}

export function SheetsChoice({ chosen, choose, busy = false }: SheetsChoiceProps) {
  const t = useWords();
  return (
    <Picker
      label={t(boardsWords.sheets)}
      selectedKey={chosen}
      isDisabled={busy}
      onSelectionChange={(key) => {
        const sheets = SHEETS.find((each) => each === key);
        if (sheets !== undefined && sheets !== chosen) choose(sheets);
      }}
      width="size-3600"
      marginBottom="size-200"
    >
      {SHEETS.map((each) => (
        <Item key={each}>{t(NAMES[each])}</Item>
      ))}
    </Picker>
  );
}
