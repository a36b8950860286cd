import { Trans } from '@lingui/react/macro';
import { crisisFor } from '../../content/crisis.ts';
import slip from '../../content/slip.json' with { type: 'json' };
import { say } from '../../content/words.ts';
import { useCountry } from '../../ui/country.ts';
import { useLanguage } from '../../ui/language.tsx';
import { PrintPage } from '../../ui/print-page.tsx';
import { useEntries } from '../../ui/use-kept.ts';
import { OpenSpace } from '../private/open-space.part.tsx';
import style from './people.module.css';
import { callOrder, dialable, type Person } from './rules.ts';

/** The kinds of lines that belong on every card; the first of each. */
const always = ['emergency', 'suicide', 'treatment'];

/** What belongs in a wallet: who to ring, what to do first, lines that always answer. Prints on one page. */
export function CarryCard() {
  return (
    <OpenSpace>
      <Card />
    </OpenSpace>
  );
}

function Card() {
  const language = useLanguage();
  const people = callOrder(useEntries<Person>('person')).slice(0, 4);
  const pack = crisisFor(useCountry());
  const lines = always.flatMap((kind) => pack.lines.find((line) => line.kind === kind) ?? []);
  return (
    <PrintPage title={<Trans>To carry</Trans>}>
      <div className={style.card}>
        <ul className={style.numbers}>
          {people.map(({ obj, fields }) => (
            <li key={obj}>
              <span>{fields.name}</span>
              <a href={dialable(fields.phone)}>{fields.phone}</a>
            </li>
          ))}
          {lines.map((line) => (
            <li key={line.id}>
              <span>{say(line.name, language)}</span>
              <span>{line.ways[0]?.value}</span>
            </li>
          ))}
        </ul>
        <ol className={style.first}>
          {slip.urge.four.map((one) => (
            <li key={one.id}>
              <strong>{say(one.title, language)}.</strong> {say(one.text, language)}
            </li>
          ))}
        </ol>
      </div>
    </PrintPage>
  );
}
