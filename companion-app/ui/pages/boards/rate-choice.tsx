/** What the next storyboard is to run at. */
import { Item, Picker } from '@adobe/react-spectrum';
import { formatRate, RATES, type FrameRate, type Sheets } from '../../../../shared/shot';
import { boardsWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';

export interface RateWish {
  readonly rate?: FrameRate;
  readonly dropFrame?: boolean;
}

/** How the next storyboard is to be read. */
export interface ReadingWish extends RateWish {
  readonly sheets?: Sheets;
}

const OFFERED = [
  { key: '23.976', rate: RATES['23.976'], dropFrame: false },
  { key: '24', rate: RATES['24'], dropFrame: false },
  { key: '25', rate: RATES['25'], dropFrame: false },
  { key: '29.97', rate: RATES['29.97'], dropFrame: false },
  { key: '29.97 DF', rate: RATES['29.97'], dropFrame: true },
  { key: '30', rate: RATES['30'], dropFrame: false },
] as const;
const OWN = 'own';

/** The wish that a key of the list stands for; none for the storyboard's own rate. */
export function wishOf(key: string): RateWish {
  const found = OFFERED.find((each) => each.key === key);
  return found ? { rate: found.rate, dropFrame: found.dropFrame } : {};
}

interface RateChoiceProps {
  readonly chosen: string;
  readonly choose: (key: string) => void;
}

export function RateChoice({ chosen, choose }: RateChoiceProps) {
  const t = useWords();
  const rates = OFFERED.map(({ key, rate, dropFrame }) => (
    <Item key={key} textValue={key}>
      {`${formatRate(rate)} fps${dropFrame ? ` ${t(boardsWords.dropFrame)}` : ''}`}
    </Item>
  ));
  return (
    <Picker
      label={t(boardsWords.rate)}
      selectedKey={chosen}
      onSelectionChange={(key) => choose(String(key))}
      marginBottom="size-200"
    >
      {[<Item key={OWN}>{t(boardsWords.ownRate)}</Item>, ...rates]}
    </Picker>
  );
}
