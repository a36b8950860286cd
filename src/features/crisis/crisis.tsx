import { type CrisisLine, crisisFor, crisisPacks, linkOf, whatToDo } from '../../content/crisis.ts';
import type { Words } from '../../content/words.ts';
import { Button } from '../../ui/button.tsx';
import { useCountry } from '../../ui/country.ts';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOnline } from '../../ui/offline-line.tsx';
import './crisis.css';
import { crisisWords, firstCalls, ownWording } from './rules.ts';

/**
 * The crisis page inside the companion, so that getting help does not lock what is open. It says
 * what the server's page says; where it cannot be shown, the link leads to that one.
 */
export function Crisis() {
  const language = useLanguage();
  const isOnline = useOnline();
  const pack = crisisFor(useCountry());
  const say = (words: Words) => words[language];
  return (
    <div className="c-page">
      <div className="row">
        <Button size="small" onClick={() => history.back()}>
          {say(crisisWords.back)}
        </Button>
      </div>
      <h1>{say(crisisWords.title)}</h1>
      <p className="c-say">{say(crisisWords.lead)}</p>
      <div className="c-first">
        {firstCalls(pack).map(({ line, way }) => (
          <a key={line.id} className={`c-call c-${line.kind}`} href={linkOf(way, language)}>
            <strong>{say(way.label)}</strong>
            <span>{say(line.forWhat)}</span>
          </a>
        ))}
      </div>
      <p className="c-honest">{say(isOnline ? whatToDo.honest : whatToDo.offline)}</p>
      <nav className="c-which" aria-label={say(crisisWords.which)}>
        <p>{say(crisisWords.which)}</p>
        <ul>
          {whatToDo.guides.map((guide) => (
            <li key={guide.id}>
              <a href={`#${guide.id}`}>{say(guide.title)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <section className="c-lines">
        <h2>{say(crisisWords.lines)}</h2>
        <Lines lines={pack.lines} />
      </section>
      {whatToDo.guides.map((guide) => (
        <section key={guide.id} className="c-guide" id={guide.id}>
          <h2>{say(guide.title)}</h2>
          <p className="c-lead">{say(guide.lead)}</p>
          <ol>
            {guide.steps.map((step) => (
              <li key={step.en}>{say(step)}</li>
            ))}
          </ol>
          {guide.source !== ownWording && (
            <p className="c-source">
              {say(crisisWords.source)} <span lang="en">{guide.source}</span>
            </p>
          )}
        </section>
      ))}
      <section className="c-elsewhere">
        <h2>{say(crisisWords.elsewhere)}</h2>
        {crisisPacks
          .filter((other) => other !== pack)
          .map((other) => (
            <details key={other.country}>
              <summary>{say(other.title)}</summary>
              <Lines lines={other.lines} />
            </details>
          ))}
      </section>
      <p className="c-source">
        {say(crisisWords.checked)} <time dateTime={pack.checkedOn}>{pack.checkedOn}</time>.
      </p>
    </div>
  );
}

function Lines({ lines }: { lines: readonly CrisisLine[] }) {
  const language = useLanguage();
  return (
    <ul className="c-list">
      {lines.map((line) => (
        <li key={line.id}>
          <h3>{line.name[language]}</h3>
          <p>{line.forWhat[language]}</p>
          <p className="c-ways">
            {line.ways.map((way) => (
              <LinkButton key={way.label.en} to={linkOf(way, language)} outside>
                {way.label[language]}
              </LinkButton>
            ))}
          </p>
          <p className="c-hours">{line.hours[language]}</p>
        </li>
      ))}
    </ul>
  );
}
