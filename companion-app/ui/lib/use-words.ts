/** The page's texts in the person's language. */
import { useCallback } from 'react';
import { engineWords, say, stageEntry, type Entry, type Values } from '../../../shared/words';
import { useLanguage } from './preferences';

export type Say = (entry: Entry, values?: Values) => string;

/** `const t = useWords(); t(shell.queue)`. */
export function useWords(): Say {
  const language = useLanguage();
  return useCallback((entry, values) => say(language, entry, values), [language]);
}

/** What an engine says it is doing; in its own words where the catalogue has none. */
export function stageText(t: Say, stage: string): string {
  const entry = stageEntry(stage);
  return entry ? t(entry) : stage;
}

const engines = new Map<string, Entry>(Object.entries(engineWords));

/** An engine by its name in a job; as it is named where the catalogue has none. */
export function engineText(t: Say, engine: string): string {
  const entry = engines.get(engine);
  return entry ? t(entry) : engine;
}
