import { useState } from 'react';
import guide from '../../content/first-meeting.json' with { type: 'json' };
import { useLanguage } from '../../ui/language.tsx';
import style from './find.module.css';

/** The guide to a first meeting, folded until somebody wants it. */
export function MeetingGuide() {
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={style.guide} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{guide.title[language]}</summary>
      {isOpen && (
        <div className="stack">
          <p>{guide.lead[language]}</p>
          {guide.sections.map((section) => (
            <section key={section.id} className="stack tight">
              <h3>{section.title[language]}</h3>
              <ul>
                {section.lines.map((line) => (
                  <li key={line.en}>{line[language]}</li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </details>
  );
}
