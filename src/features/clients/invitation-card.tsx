import { Trans, useLingui } from '@lingui/react/macro';
import { Printer } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { invitationLink, opensOnPhone, readCode } from './code.rules.ts';
import style from './invitation-card.module.css';

type Props = { invitation: { code: string; expiresAt: string }; origin?: string };

/**
 * An invitation to hand over, on the screen and on paper: address, code, QR code, until when. It
 * carries no word about treatment and no name, because it lies on tables and in pockets.
 */
export function InvitationCard({ invitation, origin = location.origin }: Props) {
  const { t } = useLingui();
  const words = useTimeWords();
  const reachable = opensOnPhone(origin);
  const until = words.moment(invitation.expiresAt);
  const host = new URL(origin).host;
  const link = invitationLink(origin, readCode(invitation.code) ?? invitation.code);
  return (
    <div className="stack">
      <section className={style.card} aria-label={t`Invitation`}>
        <div className="stack tight">
          <p className="eyebrow">
            <Trans>Open on your phone</Trans>
          </p>
          <p className={style.address}>{host}/join</p>
          <p className="eyebrow">
            <Trans>Your code</Trans>
          </p>
          <p className={style.code} translate="no">
            {invitation.code}
          </p>
          <p className="soft small">
            <Trans>Good once, until {until}. Capitals and hyphens do not matter.</Trans>
          </p>
        </div>
        {reachable && <QrCode text={link} label={t`QR code of this invitation`} size={176} />}
      </section>
      {!reachable && (
        <p className={style.warning} role="note">
          <Trans>
            There is no QR code, because a phone cannot use this address. Over plain http a browser
            has no keys, works not offline and knows no passkeys. Whoever runs Stepwell has to give
            it an https address (STEPWELL_ORIGIN); then make a new invitation.
          </Trans>
        </p>
      )}
      <div className="row not-printed">
        <Button icon={<Printer size={18} aria-hidden="true" />} onClick={() => print()}>
          <Trans>Print this card</Trans>
        </Button>
        <p className="soft small">
          <Trans>
            The code is shown only now. If it gets lost, make a new one: the old one is void then.
          </Trans>
        </p>
      </div>
    </div>
  );
}
