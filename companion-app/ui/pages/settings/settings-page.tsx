/** What a person can set once and for all, and who may connect. */
import { Item, Picker, Switch } from '@adobe/react-spectrum';
import { settingsWords, shell } from '../../../../shared/words';
import { ProblemBox } from '../../lib/problem-box';
import { useSettings } from '../../lib/use-settings';
import { useWords } from '../../lib/use-words';
import { Clients } from './clients';
import { Origins } from './origins';
import { Prices } from './prices';

/** Each language is called what its speakers call it. */
const LANGUAGE_NAMES = { en: 'English', fr: 'Français', de: 'Deutsch', es: 'Español', ja: '日本語' } as const;

export function SettingsPage() {
  const t = useWords();
  const { settings, problem, change } = useSettings();
  if (!settings) return problem ? <ProblemBox problem={problem} /> : <p>{t(shell.loading)}</p>;
  return (
    <div className="form">
      {problem && <ProblemBox problem={problem} />}
      <h2>{t(settingsWords.look)}</h2>
      <Picker
        label={t(settingsWords.language)}
        selectedKey={settings.language}
        onSelectionChange={(key) => {
          if (key === 'auto' || key === 'en' || key === 'fr' || key === 'de' || key === 'es' || key === 'ja')
            change({ language: key });
        }}
        items={[
          { key: 'auto', name: t(settingsWords.asSystem) },
          ...Object.entries(LANGUAGE_NAMES).map(([key, name]) => ({ key, name })),
        ]}
      >
        {({ key, name }) => <Item key={key}>{name}</Item>}
      </Picker>
      <Picker
        label={t(settingsWords.theme)}
        selectedKey={settings.theme}
        onSelectionChange={(key) => {
          if (key === 'dark' || key === 'light' || key === 'system') change({ theme: key });
        }}
      >
        <Item key="dark">{t(settingsWords.dark)}</Item>
        <Item key="light">{t(settingsWords.light)}</Item>
        <Item key="system">{t(settingsWords.asSystem)}</Item>
      </Picker>
      <Switch isSelected={settings.openAtLogin} onChange={(openAtLogin) => change({ openAtLogin })}>
        {t(settingsWords.openAtLogin)}
      </Switch>
      <h2>{t(settingsWords.takes)}</h2>
      <Picker
        label={t(settingsWords.burnIn)}
        width="size-3600"
        maxWidth="100%"
        selectedKey={settings.previsBurnIn}
        onSelectionChange={(key) => {
          if (key === 'never' || key === 'diffusion' || key === 'always') change({ previsBurnIn: key });
        }}
      >
        <Item key="never">{t(settingsWords.never)}</Item>
        <Item key="diffusion">{t(settingsWords.diffusion)}</Item>
        <Item key="always">{t(settingsWords.always)}</Item>
      </Picker>
      <Prices cost={settings.cost} change={(cost) => change({ cost })} />
      <h2>{t(settingsWords.access)}</h2>
      <Clients />
      <Origins origins={settings.origins} change={(origins) => change({ origins: [...origins] })} />
    </div>
  );
}
