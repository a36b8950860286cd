import { Trans, useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Got, RefusalError, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { say } from '../../ui/toast.tsx';
import { readListing, saveContacts } from '../lists/listing-contract.ts';
import style from './edit-listing.module.css';

type Contact = Got<typeof readListing>['contacts'][number];
const nobody: Contact = { name: '', email: '', phone: '' };

/** How the group can be reached. Only its servants see it. */
export function ContactsCard({ id, contacts }: { id: string; contacts: readonly Contact[] }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<Contact[] | null>(null);
  const saving = useCommand(saveContacts, {
    refreshes: [readListing],
    onDone: () => {
      setTyped(null);
      say(t`Saved.`);
    },
  });
  const shown = typed ?? contacts;
  const put = (index: number, change: Partial<Contact>) =>
    setTyped(shown.map((one, at) => (at === index ? { ...one, ...change } : one)));
  const wrong =
    saving.error instanceof RefusalError && saving.error.code === 'notLikeThis' ? (
      <Trans>One of these is not an e-mail address.</Trans>
    ) : undefined;
  return (
    <Section title={<Trans>Contacts</Trans>}>
      <div className="stack">
        <p className="soft small">
          <Trans>
            Never published, in no feed. For asking the group whether its listing is right.
          </Trans>
        </p>
        {shown.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other identity while it is typed
          <fieldset key={index} className={style.contact} aria-label={t`Contact ${index + 1}`}>
            <TextField
              sealed
              label={t`First name`}
              value={one.name}
              maxLength={200}
              onChange={(name) => put(index, { name })}
            />
            <TextField
              sealed
              label={t`E-mail`}
              type="email"
              value={one.email}
              maxLength={320}
              onChange={(email) => put(index, { email })}
            />
            <TextField
              sealed
              label={t`Telephone`}
              type="tel"
              value={one.phone}
              maxLength={60}
              onChange={(phone) => put(index, { phone })}
            />
          </fieldset>
        ))}
        {saving.error && (
          <p role="alert">{sentenceFor(saving.error, wrong ? { notLikeThis: wrong } : {})}</p>
        )}
        <div className="row">
          {shown.length < 9 && (
            <Button
              size="small"
              icon={<Plus size={18} aria-hidden="true" />}
              onClick={() => setTyped([...shown, nobody])}
            >
              <Trans>Add a contact</Trans>
            </Button>
          )}
          {typed && (
            <Button
              size="small"
              look="primary"
              busy={saving.isPending}
              onClick={() => saving.mutate({ id, contacts: typed })}
            >
              <Trans>Save the contacts</Trans>
            </Button>
          )}
        </div>
      </div>
    </Section>
  );
}
