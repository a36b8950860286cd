import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { keepCountry } from '../../ui/country.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOperation } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { readCode, showCode } from './code.rules.ts';
import { codeWords } from './code-words.tsx';
import { lookAtInvitation } from './contract.ts';

type Props = {
  /** The code that came with the link, or null. */
  code: string | null;
  /** The person came with a code in the hand. */
  asked: boolean;
};

function Invitation({ code, onOther }: { code: string; onOther: () => void }) {
  const words = useTimeWords();
  const { data, error, isPending } = useOperation(lookAtInvitation, { code });
  const country = data?.country;
  useEffect(() => {
    if (country) keepCountry(country);
  }, [country]);
  if (isPending) return <Skeleton lines={2} />;
  if (!data)
    return (
      <div className="stack" role="alert">
        <p>{sentenceFor(error, codeWords(error))}</p>
        <div className="row">
          <Button onClick={onOther}>
            <Trans>Type another code</Trans>
          </Button>
          <LinkButton outside to="/me/begin">
            <Trans>Go on without a code</Trans>
          </LinkButton>
        </div>
      </div>
    );
  return (
    <div className="stack">
      <p>
        <Trans>
          This invitation is from <strong>{data.programmeName}</strong>. It is good once, until{' '}
          {words.moment(data.expiresAt)}.
        </Trans>
      </p>
      <LinkButton outside look="primary" size="large" wide to={`/me/begin#${showCode(code)}`}>
        <Trans>Go on with this invitation</Trans>
      </LinkButton>
      <p className="soft small">
        <Trans>You make an account next. No name, e-mail or telephone number is asked.</Trans>
      </p>
    </div>
  );
}

/** Going on: with the invitation from the link, with a code typed from paper, or alone. */
export function JoinCode({ code: given, asked }: Props) {
  const { t } = useLingui();
  const [code, setCode] = useState(given);
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const unreadable = isTried && typed !== '' && readCode(typed) === null;
  return (
    <Section
      title={
        code ? (
          <Trans context="phone">Your invitation</Trans>
        ) : asked ? (
          <Trans>Your code</Trans>
        ) : (
          <Trans>When you want to go on</Trans>
        )
      }
    >
      {code ? (
        <Invitation code={code} onOther={() => setCode(null)} />
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            setCode(readCode(typed));
          }}
        >
          <TextField
            label={t`Code on your card`}
            hint={t`Four groups of four. Capitals and hyphens do not matter.`}
            error={
              unreadable &&
              t`A code has sixteen letters and digits, without I, L, O and U. Look at your card again.`
            }
            value={typed}
            onChange={setTyped}
            sealed
            maxLength={40}
          />
          <div className="row">
            <Button look={asked ? 'primary' : 'quiet'} type="submit">
              <Trans>Use this code</Trans>
            </Button>
          </div>
          <p>
            <a href="/me/begin">
              <Trans>Go on without a code, on my own</Trans>
            </a>
          </p>
        </form>
      )}
    </Section>
  );
}
