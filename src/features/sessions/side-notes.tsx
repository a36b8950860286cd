import { Trans } from '@lingui/react/macro';
import { useLanguage } from '../../ui/language.tsx';
import type { Guide } from './contract.ts';
import style from './side-notes.module.css';

/** What stands behind a topic: its points, its caution, and what may come up. Folded until wanted. */
export function SideNotes({ guide }: { guide: Guide }) {
  const language = useLanguage();
  return (
    <div className={style.notes}>
      {guide.caution && <p className={style.caution}>{guide.caution[language]}</p>}
      {guide.keyPoints.length > 0 && (
        <details>
          <summary>
            <Trans>What this topic is about</Trans>
          </summary>
          <p className="reading">{guide.aim[language]}</p>
          <ul>
            {guide.keyPoints.map((point) => (
              <li key={point.en}>{point[language]}</li>
            ))}
          </ul>
        </details>
      )}
      {guide.trouble.length > 0 && (
        <details>
          <summary>
            <Trans>If something comes up</Trans>
          </summary>
          <dl>
            {guide.trouble.map((each) => (
              <div key={each.when.en}>
                <dt>{each.when[language]}</dt>
                <dd>{each.do[language]}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
