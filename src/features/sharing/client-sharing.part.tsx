import { Trans } from '@lingui/react/macro';
import { useOperation } from '../../ui/operations.ts';
import { Section } from '../../ui/section.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { readSharing } from './contract.ts';
import { KindName } from './share-words.tsx';
import style from './sharing.module.css';

/** What a client lets through by itself, for the client's page: "not shared" is an answer, not a gap. */
export function ClientSharing({ clientId }: { clientId: string }) {
  const words = useTimeWords();
  const { data } = useOperation(readSharing, { clientId });
  if (!data) return null;
  return (
    <Section title={<Trans>What the client shares</Trans>}>
      <dl className={style.kinds}>
        {data.now.map(({ kind, share, changedAt }) => (
          <div key={kind} className={style.kind}>
            <dt>
              <KindName kind={kind} />
            </dt>
            <dd className={share ? undefined : 'soft'}>
              {share ? <Trans>shared</Trans> : <Trans context="kind">not shared</Trans>}
              {changedAt && (
                <span className="soft small">
                  {' '}
                  <Trans>since {words.moment(changedAt)}</Trans>
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft small">
        <Trans>The client chooses this, and it is never a reason to ask why.</Trans>
      </p>
    </Section>
  );
}
