/** The whole window: paired or not, connected or not, and the page that is asked for. */
import { defaultTheme, Provider } from '@adobe/react-spectrum';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Problem } from '../../../shared/problem';
import { shell } from '../../../shared/words';
import { problemOf } from '../lib/api';
import { usePlace } from '../lib/hash';
import { pair } from '../lib/pair';
import { useLanguage, usePreferences } from '../lib/preferences';
import { CompanionLine, useLink } from '../lib/queue-context';
import { useSettingsLook } from '../lib/settings-look';
import { pageToken } from '../lib/token';
import { useWords } from '../lib/use-words';
import { PAGES } from '../pages';
import { ConnectionBar, Notice, WhenConnected } from './connection';
import { Navigation } from './navigation';
import { Pairing } from './pairing';
import { Stumble } from './stumble';

/** `spareCode`: six digits that came with the address, tried when no token lets this page in. */
export function App({ spareCode }: { readonly spareCode: string | null }) {
  const language = useLanguage();
  const { theme } = usePreferences();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <Provider
      theme={defaultTheme}
      {...(theme === 'system' ? {} : { colorScheme: theme })}
      locale={language}
      UNSAFE_className="window"
    >
      <Door spareCode={spareCode} />
    </Provider>
  );
}

function Door({ spareCode }: { readonly spareCode: string | null }) {
  const token = useSyncExternalStore(pageToken.subscribe, pageToken.get);
  const [code, setCode] = useState(spareCode);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    if (token !== null || code === null) return;
    setCode(null);
    pair(code).catch((error: unknown) => setProblem(problemOf(error)));
  }, [token, code]);
  if (token === null) return code === null ? <Pairing key={problem?.message} problem={problem} /> : null;
  return (
    <CompanionLine key={token} token={token}>
      <Inside token={token} />
    </CompanionLine>
  );
}

function Inside({ token }: { readonly token: string }) {
  const t = useWords();
  const place = usePlace();
  const { state } = useLink();
  useSettingsLook(state.kind === 'connected');
  useEffect(() => {
    if (state.kind === 'unpaired') pageToken.forget(token);
  }, [state, token]);
  const page = PAGES.find(({ path }) => path === place.page) ?? PAGES[0];
  useEffect(() => {
    if (page) document.title = `${t(page.title)} – Inbetween`;
  }, [page, t]);
  if (!page) return null;
  const { Page } = page;
  return (
    <>
      <a
        className="skip"
        href="#page"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('page')?.focus();
        }}
      >
        {t(shell.skip)}
      </a>
      <Navigation current={page.path} />
      <div className="beside">
        <ConnectionBar />
        <main id="page" tabIndex={-1}>
          <WhenConnected>
            <Stumble
              key={page.path}
              instead={(again) => <Notice text={t(shell.crashed)} label={t(shell.tryAgain)} press={again} />}
            >
              <h1>{t(page.title)}</h1>
              <Page place={place} />
            </Stumble>
          </WhenConnected>
        </main>
      </div>
    </>
  );
}
