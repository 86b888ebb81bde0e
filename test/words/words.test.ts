/** Every text there is says something in every language, with the same values in each. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { chooseLanguage, common, LANGUAGES, say, type Entry, type Words } from '../../shared/words';

const folder = path.resolve(__dirname, '../../shared/words');

function isWords(value: unknown): value is Words {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((v) => typeof v === 'object' && v !== null)
  );
}

function catalogues(): { file: string; words: Words }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('index.ts') && file !== 'say.ts')
    .flatMap((file) => {
      const exported: unknown = jest.requireActual(path.join(folder, file));
      return Object.values(exported as object)
        .filter(isWords)
        .map((words) => ({ file, words }));
    });
}

/** Names of the values a text asks for. */
function valuesOf(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [element.value, ...Object.values(element.options).flatMap((option) => valuesOf(option.value))];
    return element.type === TYPE.tag ? valuesOf(element.children) : [element.value];
  });
}

const entries = catalogues().flatMap(({ file, words }) =>
  Object.entries(words).map(([key, entry]): [string, Entry] => [`${file} ${key}`, entry]),
);

test('there are texts', () => expect(entries.length).toBeGreaterThan(3));

test.each(entries)('%s is said in every language with the same values', (_name, entry) => {
  const asked = LANGUAGES.map((language) => {
    const text = entry[language];
    expect(typeof text).toBe('string');
    expect(text.trim()).not.toBe('');
    return [...new Set(valuesOf(parse(text, { ignoreTag: true })))].sort().join();
  });
  expect(new Set(asked).size).toBe(1);
});

test('a plural is said as the language says it', () => {
  expect(say('en', common.shots, { n: 1 })).toBe('1 shot');
  expect(say('de', common.shots, { n: 3 })).toBe('3 Einstellungen');
});

test('the language is chosen by its first part, English when there is none', () => {
  expect(chooseLanguage(['pt-BR', 'fr-CA'])).toBe('fr');
  expect(chooseLanguage([])).toBe('en');
});
