import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { CareLinks } from '../listing-care/care-links.part.tsx';
import { AgeOfList } from './age-of-list.tsx';
import { confirmationBoard } from './contract.ts';
import { OneReport } from './one-report.tsx';

type Letter = Got<typeof confirmationBoard>['letters'][number];

function LetterState({ letter }: { letter: Letter }) {
  const { moment } = useTimeWords();
  if (letter.answer === 'right') return <Trans>Still right</Trans>;
  if (letter.answer === 'different') return <Trans>Something is different</Trans>;
  if (letter.answer === 'stop') return <Trans>Does not want to be asked</Trans>;
  if (letter.trouble === 'address-refused') return <Trans>The address does not exist</Trans>;
  if (letter.trouble) return <Trans>Not sent yet; it is tried again</Trans>;
  if (!letter.sentAt) return <Trans>Waiting to be sent</Trans>;
  const when = moment(letter.sentAt);
  return <Trans>Asked {when}, no answer yet</Trans>;
}

/** How old the listings are, what was reported about them, and who has been asked. */
export function Care() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useOperation(confirmationBoard, {});
  return (
    <div className="stack loose">
      <h1>
        <Trans>Still right?</Trans>
      </h1>
      <CareLinks />
      {isPending && <Skeleton lines={8} />}
      <Trouble error={error} onRetry={() => void refetch()} />
      {data && (
        <>
          <Section title={<Trans>Reported</Trans>}>
            {data.reports.length === 0 ? (
              <EmptyState title={<Trans>Nothing was reported</Trans>}>
                <Trans>
                  Every listing has “This is wrong: say so”. What visitors and groups say there
                  stands here, without a word of who said it.
                </Trans>
              </EmptyState>
            ) : (
              <ul className="stack" aria-label={t`Reported`}>
                {data.reports.map((report) => (
                  <OneReport key={report.id} report={report} />
                ))}
              </ul>
            )}
          </Section>
          <Section title={<Trans>How fresh the lists are</Trans>}>
            {data.lists.length === 0 ? (
              <EmptyState title={<Trans>No list yet</Trans>}>
                <Trans>Once you keep a list, you see here how old its listings are.</Trans>
              </EmptyState>
            ) : (
              data.lists.map((list) => <AgeOfList key={list.id} list={list} sends={data.sends} />)
            )}
          </Section>
          {data.letters.length > 0 && (
            <Section title={<Trans>Who has been asked</Trans>}>
              <RowList label={t`Who has been asked`}>
                {data.letters.map((letter) => (
                  <Row
                    key={letter.id}
                    title={letter.contact}
                    detail={<LetterState letter={letter} />}
                    end={<Plural value={letter.meetings} one="# meeting" other="# meetings" />}
                  />
                ))}
              </RowList>
            </Section>
          )}
        </>
      )}
    </div>
  );
}
