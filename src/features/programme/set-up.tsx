import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { me } from '../account/contract.ts';
import { ProveAgain } from '../account/prove-again.part.tsx';
import { accountRefusals } from '../account/refusals.part.tsx';
import { Register } from '../account/register.part.tsx';
import { SecondFactor } from '../account/second-factor.part.tsx';
import { programmeCreate, setupCheck } from './contract.ts';
import { clearLink, linkToken } from './link-token.web.ts';
import style from './programme.module.css';

const zones = Intl.supportedValuesOf('timeZone');
const plain = (zone: string) => zone.replaceAll('_', ' ');

function zonesFor(text: string) {
  const asked = text.toLowerCase().split(/\s+/).filter(Boolean);
  return zones
    .filter((zone) => asked.every((word) => plain(zone).toLowerCase().includes(word)))
    .slice(0, 30)
    .map((zone) => ({ id: zone, label: plain(zone) }));
}

function Founding({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useLingui();
  const language = useLanguage();
  const [displayName, setDisplayName] = useState('');
  const [name, setName] = useState('');
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [zoneText, setZoneText] = useState(plain(timeZone));
  const [locale, setLocale] = useState<'en' | 'es'>(language);
  const [part2, setPart2] = useState(true);
  const create = useCommand(programmeCreate, { refreshes: [me], onDone });
  const words = {
    linkOver: <Trans>This link was used meanwhile. Print a new one in the terminal.</Trans>,
    timeZoneUnknown: <Trans>Choose the time zone from the list.</Trans>,
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!name.trim() || !displayName.trim() || create.isPending) return;
        create.mutate({ token, name, timeZone, locale, country: 'us', part2, displayName });
      }}
    >
      <h2>
        <Trans>The programme</Trans>
      </h2>
      <TextField
        label={t`Name of the programme`}
        value={name}
        onChange={setName}
        maxLength={120}
        required
      />
      <TextField
        label={t`Your name at work`}
        hint={t`Colleagues and clients see it.`}
        value={displayName}
        onChange={setDisplayName}
        maxLength={80}
        required
      />
      <ComboBox
        label={t`Time zone`}
        text={zoneText}
        onText={setZoneText}
        found={zonesFor(zoneText)}
        onChoose={(zone) => {
          setTimeZone(zone);
          setZoneText(plain(zone));
        }}
      />
      <ChoiceGroup
        legend={t`Language of letters and notes`}
        columns
        value={locale}
        onChange={setLocale}
        options={[
          { value: 'en', label: <span lang="en">English</span> },
          { value: 'es', label: <span lang="es">Español</span> },
        ]}
      />
      <Switch
        label={t`Records are under 42 CFR Part 2`}
        detail={t`Federal confidentiality of substance use records. Leave it on unless a lawyer says otherwise.`}
        isOn={part2}
        onChange={setPart2}
      />
      <ProveAgain
        error={create.error}
        onProved={() => create.variables && create.mutate(create.variables)}
      />
      {create.error && (
        <p role="alert">{sentenceFor(create.error, { ...accountRefusals(), ...words })}</p>
      )}
      <Button look="primary" wide type="submit" busy={create.isPending}>
        <Trans>Found the programme</Trans>
      </Button>
    </form>
  );
}

function Steps({ token }: { token: string }) {
  const { data, isPending } = useOperation(me, {});
  const [isFounded, setFounded] = useState(false);
  const [isNew, setNew] = useState<'asked' | 'made'>();
  if (isPending && !isNew) return <Skeleton lines={5} />;
  const account = data?.account;
  if (isFounded) {
    const need = account?.secondFactor === 'needed' ? 'needed' : 'setUp';
    return <SecondFactor need={need} onDone={() => location.assign('/work/today')} />;
  }
  // The account is made in this screen; the session that it begins must not cut off its last step.
  if (isNew !== 'made' && (!account || isNew === 'asked')) {
    if (!isNew) setNew('asked');
    return (
      <div className="stack">
        <p>
          <Trans>
            First an account of your own: you are the first administrator. Colleagues are invited
            afterwards.
          </Trans>
        </p>
        <Register offline={false} onDone={() => setNew('made')} />
      </div>
    );
  }
  return (
    <Founding
      token={token}
      onDone={() => {
        clearLink();
        setFounded(true);
      }}
    />
  );
}

/** Setting up a programme by the link from the terminal. */
export function SetUp() {
  const [token] = useState(linkToken);
  const check = useOperation(
    setupCheck,
    { token: token ?? 'A'.repeat(43) },
    { staleTime: 600_000 },
  );
  return (
    <div className={`stack loose ${style.narrow}`}>
      <h1>
        <Trans>Set up my programme</Trans>
      </h1>
      {check.isPending && <Skeleton lines={5} />}
      {check.error && <Trouble error={check.error} onRetry={() => void check.refetch()} />}
      {check.data && !(token && check.data.open) && (
        <div className="stack">
          <p>
            {token ? (
              <Trans>This link was used already, or a newer one was printed since.</Trans>
            ) : (
              <Trans>Setting up takes the one-time link that stands in the terminal.</Trans>
            )}
          </p>
          <p className="soft">
            <Trans>
              Whoever started Stepwell finds it there, after the words “Set up your programme”. It
              is printed again at every start until a programme exists.
            </Trans>
          </p>
        </div>
      )}
      {token && check.data?.open && <Steps token={token} />}
    </div>
  );
}
