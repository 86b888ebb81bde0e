/** When and how the queue is worked off. */
import { Item, Picker, Switch } from '@adobe/react-spectrum';
import { nightEndpoint, type Settings } from '../../../../shared/protocol';
import { nightWords, shell } from '../../../../shared/words';
import { Holds, Warnings } from '../../lib/holds';
import { NumberSetting } from '../../lib/number-setting';
import { ProblemBox } from '../../lib/problem-box';
import { TimeSetting } from '../../lib/time-setting';
import { useCall } from '../../lib/use-call';
import { useSettings } from '../../lib/use-settings';
import { useWords } from '../../lib/use-words';
import { Happened } from './happened';

type Night = Settings['night'];

/** Notices that are listed. */
const MOST = 60;

export function NightPage() {
  const t = useWords();
  const { settings, problem, change } = useSettings();
  const now = useCall(nightEndpoint, {}, { everyMs: 3_000 });
  return (
    <div className="form">
      {now.data && (
        <section>
          <p>{t(nightWords.clockNow, { clock: now.data.clock, n: now.data.waiting })}</p>
          {now.data.holds.length === 0 ? <p>{t(nightWords.free)}</p> : <Holds holds={now.data.holds} />}
          <Warnings warnings={now.data.warnings} />
        </section>
      )}
      {problem && <ProblemBox problem={problem} />}
      {settings ? (
        <NightForm
          night={settings.night}
          change={(night) => {
            change({ night });
          }}
        />
      ) : (
        !problem && <p>{t(shell.loading)}</p>
      )}
      {now.data && (
        <section>
          <h2>{t(nightWords.happened)}</h2>
          <Happened notices={now.data.notices} most={MOST} />
        </section>
      )}
    </div>
  );
}

interface FormProps {
  readonly night: Night;
  readonly change: (part: Partial<Night>) => void;
}

/** What a switch turns on before anything is typed. */
const NIGHT = { from: '22:00', to: '07:00' };
const MORNING = '08:00';
const WARM = 85;

function NightForm({ night, change }: FormProps) {
  const t = useWords();
  const { window, deadline } = night;
  return (
    <>
      <h2>{t(nightWords.hours)}</h2>
      <Switch isSelected={window !== null} onChange={(on) => change({ window: on ? NIGHT : null })}>
        {t(nightWords.onlyBetween)}
      </Switch>
      {window && (
        <div className="row">
          <TimeSetting
            label={t(nightWords.from)}
            value={window.from}
            change={(from) => change({ window: { ...window, from } })}
          />
          <TimeSetting
            label={t(nightWords.to)}
            value={window.to}
            change={(to) => change({ window: { ...window, to } })}
          />
        </div>
      )}
      <Switch isSelected={deadline !== null} onChange={(on) => change({ deadline: on ? MORNING : null })}>
        {t(nightWords.deadlineOn)}
      </Switch>
      {deadline !== null && (
        <TimeSetting label={t(nightWords.deadline)} value={deadline} change={(time) => change({ deadline: time })} />
      )}
      <h2>{t(nightWords.orderTitle)}</h2>
      <Picker
        label={t(nightWords.order)}
        selectedKey={night.order}
        onSelectionChange={(key) => {
          if (key === 'submitted' || key === 'shot' || key === 'shortest-first') change({ order: key });
        }}
        width="size-3600"
        maxWidth="100%"
      >
        <Item key="submitted">{t(nightWords.submitted)}</Item>
        <Item key="shot">{t(nightWords.byShot)}</Item>
        <Item key="shortest-first">{t(nightWords.shortest)}</Item>
      </Picker>
      <Switch isSelected={night.previewsFirst} onChange={(previewsFirst) => change({ previewsFirst })}>
        {t(nightWords.previewsFirst)}
      </Switch>
      <NumberSetting
        label={t(nightWords.retries)}
        value={night.retriesOfFailedChecks}
        min={0}
        max={5}
        step={1}
        change={(retriesOfFailedChecks) => change({ retriesOfFailedChecks })}
      />
      <h2>{t(nightWords.waits)}</h2>
      <Switch isSelected={night.pauseWhilePremiereWorks} onChange={(on) => change({ pauseWhilePremiereWorks: on })}>
        {t(nightWords.premiere)}
      </Switch>
      <Switch isSelected={night.pauseOnBattery} onChange={(pauseOnBattery) => change({ pauseOnBattery })}>
        {t(nightWords.battery)}
      </Switch>
      <Switch
        isSelected={night.pauseAboveCelsius !== null}
        onChange={(on) => change({ pauseAboveCelsius: on ? WARM : null })}
      >
        {t(nightWords.hot)}
      </Switch>
      {night.pauseAboveCelsius !== null && (
        <NumberSetting
          label={t(nightWords.celsius)}
          value={night.pauseAboveCelsius}
          min={40}
          max={110}
          step={1}
          change={(pauseAboveCelsius) => change({ pauseAboveCelsius })}
        />
      )}
      <Switch isSelected={night.pausedAfterCrash} onChange={(pausedAfterCrash) => change({ pausedAfterCrash })}>
        {t(nightWords.afterCrash)}
      </Switch>
      <NumberSetting
        label={t(nightWords.inUse)}
        value={night.pauseWhileInUseMinutes}
        min={0}
        max={120}
        step={1}
        change={(pauseWhileInUseMinutes) => change({ pauseWhileInUseMinutes })}
      />
      <h2>{t(nightWords.power)}</h2>
      <Switch isSelected={night.stayAwake} onChange={(stayAwake) => change({ stayAwake })}>
        {t(nightWords.stayAwake)}
      </Switch>
    </>
  );
}
