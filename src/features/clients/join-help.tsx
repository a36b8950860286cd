import { Trans, useLingui } from '@lingui/react/macro';
import { LifeBuoy, MessageSquareText, Phone } from 'lucide-react';
import { crisisFor, linkOf } from '../../content/crisis.ts';
import content from '../../content/what-brings-you.json' with { type: 'json' };
import { say } from '../../content/words.ts';
import { Card } from '../../ui/card.tsx';
import { useCountry } from '../../ui/country.ts';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOperation } from '../../ui/operations.ts';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { tonight } from '../meetings/contract.ts';
import style from './join.module.css';
import { JoinCode } from './join-code.tsx';

/** What a choice leads to; see src/content/what-brings-you.json. */
export type Reason = (typeof content.choices)[number] | typeof content.skipped;

/** Three meetings that can still be reached; a line that says so when none is known. */
function Tonight() {
  const { t } = useLingui();
  const words = useTimeWords();
  const { data, isPending } = useOperation(tonight, { limit: 3 });
  const meetings = data?.meetings ?? [];
  return (
    <Card
      tone="now"
      title={<Trans>Tonight</Trans>}
      foot={
        <LinkButton outside to="/meetings">
          <Trans>Find a meeting near you</Trans>
        </LinkButton>
      }
    >
      {isPending && <Skeleton lines={3} />}
      {meetings.length > 0 && (
        <RowList label={t`Meetings tonight`}>
          {meetings.map((meeting) => (
            <Row
              key={meeting.id}
              lead={meeting.next ? words.clock(meeting.next.startsAt) : ''}
              title={meeting.name}
              detail={[meeting.fellowshipShort, meeting.placeName || meeting.address]
                .filter(Boolean)
                .join(' · ')}
            />
          ))}
        </RowList>
      )}
      {!isPending && meetings.length === 0 && (
        <p>
          <Trans>No meeting tonight is in this list. Other days and places are.</Trans>
        </p>
      )}
    </Card>
  );
}

/** One person to call now, by what was said. */
function Somebody({ line }: { line: string }) {
  const language = useLanguage();
  const pack = crisisFor(useCountry());
  const found = pack.lines.find((each) => each.id === line) ?? pack.lines[0];
  if (!found) return null;
  return (
    <Card
      title={say(found.name, language)}
      foot={found.ways
        .filter((way) => way.kind === 'call' || way.kind === 'text')
        .map((way) => (
          <LinkButton
            key={way.kind + way.value}
            outside
            look={way.kind === 'call' ? 'primary' : 'quiet'}
            to={linkOf(way, language)}
            icon={
              way.kind === 'call' ? (
                <Phone size={20} aria-hidden="true" />
              ) : (
                <MessageSquareText size={20} aria-hidden="true" />
              )
            }
          >
            {say(way.label, language)}
          </LinkButton>
        ))}
    >
      <p>{say(found.forWhat, language)}</p>
      <p className="soft small">{say(found.hours, language)}</p>
    </Card>
  );
}

function Help() {
  const language = useLanguage();
  return (
    <LinkButton
      outside
      wide
      to={`/help?lang=${language}`}
      icon={<LifeBuoy size={20} aria-hidden="true" />}
    >
      <Trans>In danger, or somebody else is: help now</Trans>
    </LinkButton>
  );
}

function Expect() {
  const language = useLanguage();
  return (
    <Card tone="still" title={<Trans>What to expect at a meeting</Trans>}>
      <ul>
        {content.expect.map((line) => (
          <li key={line.en}>{say(line, language)}</li>
        ))}
      </ul>
    </Card>
  );
}

/** Something useful before anything is asked: help, tonight's meetings and one person to call. */
export function JoinHelp({ reason, code }: { reason: Reason; code: string | null }) {
  const language = useLanguage();
  const parts = {
    crisis: <Help key="crisis" />,
    call: <Somebody key="call" line={reason.line} />,
    meetings: <Tonight key="meetings" />,
    expect: <Expect key="expect" />,
    join: <JoinCode key="join" code={code} asked={'id' in reason && reason.id === 'invited'} />,
  };
  // What the choice asks for first, in its order; then what is never left out.
  const wanted = [...reason.show, 'meetings', 'call', 'crisis', 'join'];
  const order = [...new Set(wanted)].filter((part): part is keyof typeof parts => part in parts);
  return (
    <section className="stack loose">
      <h1 className={style.say}>{say(reason.say, language)}</h1>
      {order.map((part) => parts[part])}
    </section>
  );
}
