/** How a take is made: the engine, and the words that a model reads where the engine is one that reads any. */
import { Item, Picker, TextArea, TextField } from '@adobe/react-spectrum';
import { ENGINES, LIMITS, type JobSpec } from '../../../shared/protocol';
import { makingWords, panel, reportWords } from '../../../shared/words';
import { useLink } from './queue-context';
import { engineText, useWords } from './use-words';

export interface Making {
  readonly engine: JobSpec['engine'];
  /** Empty: the engine's own. */
  readonly styleLine: string;
  readonly negative: string;
  readonly prompt: string;
}

export const AUTOMATIC: Making = { engine: 'auto', styleLine: '', negative: '', prompt: '' };

export function makingOf({ engine, styleLine = '', negative = '', prompt = '' }: JobSpec): Making {
  return { engine, styleLine, negative, prompt };
}

type Words = Pick<JobSpec, 'styleLine' | 'negative' | 'prompt'>;

/** The words of a job; none for engines that read none. */
export function wordsOf({ engine, styleLine, negative, prompt }: Making): Words {
  if (engine !== 'diffusion') return {};
  return {
    ...(styleLine.trim() !== '' && { styleLine: styleLine.trim() }),
    ...(negative.trim() !== '' && { negative: negative.trim() }),
    ...(prompt.trim() !== '' && { prompt: prompt.trim() }),
  };
}

/** The job made that way. Pack and styles are its own engine's. */
export function madeSo(spec: JobSpec, making: Making): JobSpec {
  const { styleLine: _line, negative: _negative, prompt: _prompt, pack, styles, ...rest } = spec;
  const own = making.engine === spec.engine ? { ...(pack && { pack }), ...(styles && { styles }) } : {};
  return { ...rest, ...own, ...wordsOf(making), engine: making.engine };
}

export interface MakingFieldsProps {
  readonly making: Making;
  readonly change: (making: Making) => void;
  /** True where it is one shot that is made: its prompt may be given. */
  readonly ofShot?: boolean;
}

export function MakingFields({ making, change, ofShot = false }: MakingFieldsProps) {
  const t = useWords();
  const { state } = useLink();
  const here: readonly string[] = state.kind === 'connected' ? state.ack.capabilities.engines : ENGINES;
  const engines = ENGINES.filter((name) => name === 'auto' || name === making.engine || here.includes(name));
  const set = (part: Partial<Making>): void => change({ ...making, ...part });
  return (
    <div className="making">
      <Picker
        label={t(reportWords.engine)}
        labelPosition="side"
        maxWidth="size-3600"
        selectedKey={making.engine}
        onSelectionChange={(key) => set({ engine: ENGINES.find((name) => name === key) ?? 'auto' })}
        items={engines.map((name) => ({ name }))}
      >
        {({ name }) => <Item key={name}>{engineText(t, name)}</Item>}
      </Picker>
      {making.engine === 'diffusion' && (
        <>
          {ofShot && (
            <TextArea
              label={t(panel.prompt)}
              description={t(makingWords.promptEmpty)}
              value={making.prompt}
              onChange={(prompt) => set({ prompt })}
              maxLength={LIMITS.notesLength}
              width="100%"
            />
          )}
          <TextField
            label={t(panel.styleLine)}
            description={t(makingWords.styleExample)}
            value={making.styleLine}
            onChange={(styleLine) => set({ styleLine })}
            maxLength={LIMITS.notesLength}
            width="100%"
          />
          <TextField
            label={t(panel.negative)}
            description={t(makingWords.negativeEmpty)}
            value={making.negative}
            onChange={(negative) => set({ negative })}
            maxLength={LIMITS.notesLength}
            width="100%"
          />
        </>
      )}
    </div>
  );
}
