/** Who is paired, and who no longer shall be. */
import { ActionButton, Button } from '@adobe/react-spectrum';
import { useState } from 'react';
import { clientsEndpoint, openCodeEndpoint, revokeEndpoint } from '../../../../shared/protocol';
import { settingsWords } from '../../../../shared/words';
import { call } from '../../lib/api';
import { useFormat } from '../../lib/format';
import { ProblemBox } from '../../lib/problem-box';
import { browserInstance } from '../../lib/token';
import { useAct } from '../../lib/use-act';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';

export function Clients() {
  const t = useWords();
  const format = useFormat();
  const { data, set } = useCall(clientsEndpoint, {});
  const { problem, run } = useAct();
  const [code, setCode] = useState<string | null>(null);
  const own = browserInstance();
  return (
    <section aria-label={t(settingsWords.clients)}>
      <h3>{t(settingsWords.clients)}</h3>
      {problem && <ProblemBox problem={problem} />}
      {data?.clients.length === 0 && <p>{t(settingsWords.noClients)}</p>}
      <ul className="clients">
        {data?.clients.map(({ name, instance, pairedAt }) => (
          <li key={instance} className="row spread">
            <span>
              {name} <span className="quiet">{t(settingsWords.pairedAt, { at: format.date(pairedAt) })}</span>
              {instance === own && ` · ${t(settingsWords.thisPage)}`}
            </span>
            <ActionButton
              aria-label={t(settingsWords.revokeOf, { name })}
              onPress={() => run(async () => set(await call(revokeEndpoint, { instance })))}
            >
              {t(settingsWords.revoke)}
            </ActionButton>
          </li>
        ))}
      </ul>
      <Button
        variant="secondary"
        onPress={() =>
          run(async () => {
            const opened = await call(openCodeEndpoint, {});
            setCode(opened.code);
          })
        }
      >
        {t(settingsWords.pairAnother)}
      </Button>
      {code !== null && (
        <p role="status">
          <strong className="code">{code}</strong> {t(settingsWords.codeHow)}
        </p>
      )}
    </section>
  );
}
