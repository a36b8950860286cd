import { Trans, useLingui } from '@lingui/react/macro';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOperation } from '../../ui/operations.ts';
import { Section } from '../../ui/section.tsx';
import { readReview } from '../review/contract.ts';
import { EveningStrip } from '../review/evening-strip.part.tsx';
import { ReviewOpening } from '../review/review-column.part.tsx';

/** What has been told lately: the line, the client's own sentence, the evenings, the open tasks. Clinicians only. */
export function WeekView({ clientId }: { clientId: string }) {
  const { t } = useLingui();
  const { data } = useOperation(readReview, { clientId });
  if (!data) return null;
  const { review, client } = data;
  const open = review.tasks.filter((task) => task.state === 'toCome' || task.state === 'notYet');
  return (
    <Section
      title={<Trans>Now</Trans>}
      actions={
        <div className="row">
          <LinkButton size="small" to={`/work/clients/${clientId}/journal`}>
            <Trans>Journal page</Trans>
          </LinkButton>
          {client.paper && (
            <LinkButton size="small" to={`/work/clients/${clientId}/week`}>
              <Trans>Enter the week from paper</Trans>
            </LinkButton>
          )}
        </div>
      }
    >
      <ReviewOpening review={review} small />
      <EveningStrip evenings={review.evenings} label={t`Evenings`} />
      {open.length > 0 && (
        <ul aria-label={t`Open tasks`}>
          {open.map((task) => (
            <li key={task.id}>{task.text}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
