import { Trans, useLingui } from '@lingui/react/macro';
import { Phone } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Entry } from '../../ui/journal.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Seal } from '../../ui/seal.tsx';
import { useEntries } from '../../ui/use-kept.ts';
import { OpenSpace } from '../private/open-space.part.tsx';
import { useKinWords } from './kin-words.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { callOrder, dialable, type Person } from './rules.ts';

/** The people one can ring. Known to this notebook only. */
export function People() {
  return (
    <OpenSpace>
      <List />
    </OpenSpace>
  );
}

function List() {
  const { t } = useLingui();
  const kinWords = useKinWords();
  const people = callOrder(useEntries<Person>('person'));
  const [open, setOpen] = useState<Entry<Person> | 'new' | null>(null);
  return (
    <div className="stack">
      <div className="row apart">
        <h1>
          <Trans>People</Trans>
        </h1>
        <Seal reader="me" />
      </div>
      {people.length === 0 ? (
        <EmptyState
          title={<Trans>Who could you ring?</Trans>}
          action={
            <Button look="primary" onClick={() => setOpen('new')}>
              <Trans>Add somebody</Trans>
            </Button>
          }
        >
          <Trans>
            One name is enough to begin with. After a meeting, people give their numbers gladly: it
            helps them too.
          </Trans>
        </EmptyState>
      ) : (
        <>
          <RowList label={t`People`}>
            {people.map((entry) => (
              <Row
                key={entry.obj}
                title={entry.fields.name}
                detail={
                  entry.fields.first
                    ? t`${kinWords[entry.fields.kin]} · call first`
                    : kinWords[entry.fields.kin]
                }
                onOpen={() => setOpen(entry)}
                end={
                  <LinkButton
                    outside
                    to={dialable(entry.fields.phone)}
                    look={entry.fields.first ? 'primary' : 'quiet'}
                    icon={<Phone size={18} aria-hidden="true" />}
                  >
                    <Trans>Call</Trans>
                  </LinkButton>
                }
              />
            ))}
          </RowList>
          <div>
            <Button onClick={() => setOpen('new')}>
              <Trans>Add somebody</Trans>
            </Button>
          </div>
        </>
      )}
      <p className="soft small">
        <Trans>Ringing when nothing is wrong makes it easier to ring when something is.</Trans>
      </p>
      {open && (
        <PersonDialog
          entry={open === 'new' ? null : open}
          isFirstOne={people.length === 0}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
