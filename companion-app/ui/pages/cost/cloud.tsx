/** The same seconds at services' published prices: a dated table that a person may keep for themselves. */
import { ActionButton, Button, TextField } from '@adobe/react-spectrum';
import { useState } from 'react';
import { cloudPricesEndpoint, type CloudService, type CostReport } from '../../../../shared/protocol';
import { common, costWords, sayTold } from '../../../../shared/words';
import { call } from '../../lib/api';
import { useFormat } from '../../lib/format';
import { useLanguage } from '../../lib/preferences';
import { ProblemBox } from '../../lib/problem-box';
import { useAct } from '../../lib/use-act';
import { useWords } from '../../lib/use-words';
import { useMoney } from './money';

interface CloudProps {
  readonly cloud: CostReport['cloud'];
  readonly again: () => void;
}

export function Cloud({ cloud, again }: CloudProps) {
  const t = useWords();
  const language = useLanguage();
  const [editing, setEditing] = useState(false);
  const notes = [...new Set(cloud.map(({ note }) => note))];
  return (
    <section>
      <div className="row spread">
        <h2>{t(costWords.cloud)}</h2>
        {!editing && <ActionButton onPress={() => setEditing(true)}>{t(costWords.edit)}</ActionButton>}
      </div>
      {editing ? (
        <Editor
          cloud={cloud}
          done={(changed) => {
            setEditing(false);
            if (changed) again();
          }}
        />
      ) : (
        <Table cloud={cloud} />
      )}
      {notes.map((note) => (
        <p key={note} className="quiet">
          {sayTold(language, note)}
        </p>
      ))}
    </section>
  );
}

function Table({ cloud }: Pick<CloudProps, 'cloud'>) {
  const t = useWords();
  const heads = [
    costWords.service,
    costWords.perSecond,
    costWords.forAllTakes,
    costWords.aSecond,
    costWords.source,
    costWords.date,
  ];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t(costWords.cloud)}>
      <table className="findings numbers">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head.en} scope="col" className={head === costWords.source ? 'text' : undefined}>
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cloud.map((row) => (
            <Row key={row.service} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { readonly row: CostReport['cloud'][number] }) {
  const money = useMoney(row.currency);
  return (
    <tr>
      <th scope="row">{row.service}</th>
      <td>{money(row.perSecond)}</td>
      <td>{money(row.forAllTakes)}</td>
      <td>{row.perUsableSecond === null ? '–' : money(row.perUsableSecond)}</td>
      <td className="text">{row.source}</td>
      <td>{row.date}</td>
    </tr>
  );
}

interface Draft extends Omit<CloudService, 'perSecond'> {
  readonly id: number;
  readonly perSecond: string;
}

const FIELDS = ['service', 'currency', 'perSecond', 'source', 'date'] as const;

interface EditorProps {
  readonly cloud: CostReport['cloud'];
  readonly done: (changed: boolean) => void;
}

function Editor({ cloud, done }: EditorProps) {
  const t = useWords();
  const format = useFormat();
  const act = useAct();
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    cloud.map(({ service, currency, perSecond, source, date }, id) => ({
      ...{ id, service, currency, source, date },
      perSecond: String(perSecond),
    })),
  );
  const [next, setNext] = useState(cloud.length);
  const change = (id: number, field: (typeof FIELDS)[number], value: string): void =>
    setDrafts(drafts.map((draft) => (draft.id === id ? { ...draft, [field]: value } : draft)));
  const services = drafts.map(({ id: _id, perSecond, currency, ...rest }) => ({
    ...rest,
    currency: currency.trim().toUpperCase(),
    // A comma is a point where people write it so.
    perSecond: Number(perSecond.trim().replace(',', '.')),
  }));
  const sound = cloudPricesEndpoint.input.safeParse({ services }).success;
  const save = (): void =>
    act.run(async () => {
      await call(cloudPricesEndpoint, { services });
      done(true);
    });
  return (
    <div className="editor-of-prices">
      {drafts.map((draft, i) => (
        <fieldset key={draft.id}>
          <legend>{draft.service || format.number(i + 1)}</legend>
          {FIELDS.map((field) => (
            <TextField
              key={field}
              label={t(costWords[field])}
              value={draft[field]}
              onChange={(value) => change(draft.id, field, value)}
              width={field === 'service' || field === 'source' ? 'size-2400' : 'size-1200'}
              maxWidth="100%"
            />
          ))}
          <ActionButton
            aria-label={t(costWords.remove, { name: draft.service })}
            onPress={() => setDrafts(drafts.filter(({ id }) => id !== draft.id))}
          >
            ✕
          </ActionButton>
        </fieldset>
      ))}
      {act.problem && <ProblemBox problem={act.problem} />}
      <div className="row">
        <ActionButton
          onPress={() => {
            setDrafts([...drafts, { id: next, service: '', currency: 'USD', perSecond: '', source: '', date: '' }]);
            setNext(next + 1);
          }}
        >
          {t(costWords.add)}
        </ActionButton>
        <Button variant="accent" isDisabled={!sound || act.busy} onPress={save}>
          {t(costWords.keep)}
        </Button>
        <Button variant="secondary" onPress={() => done(false)}>
          {t(common.cancel)}
        </Button>
      </div>
    </div>
  );
}
