import { Phone } from 'lucide-react';
import safetyPlan from '../../content/safety-plan.json' with { type: 'json' };
import { say } from '../../content/words.ts';
import { useLanguage } from '../../ui/language.tsx';
import style from './plan.module.css';
import { numberIn, type SafetyPlanContent } from './rules.ts';

function Line({ line }: { line: string }) {
  const number = numberIn(line);
  if (!number) return <li>{line}</li>;
  return (
    <li>
      <a href={`tel:${number}`} className={style.call}>
        <Phone size={18} aria-hidden="true" />
        {line}
      </a>
    </li>
  );
}

/** The plan as it is read: headings in order, the person's own lines, numbers that can be dialled. */
export function PlanSections({ content, label }: { content: SafetyPlanContent; label: string }) {
  const language = useLanguage();
  return (
    <ol className={style.sections} aria-label={label}>
      {safetyPlan.sections
        .filter(({ id }) => (content[id]?.length ?? 0) > 0)
        .map((section) => (
          <li key={section.id} className="stack tight">
            <h2>{say(section.title, language)}</h2>
            <ul className={style.lines}>
              {content[section.id]?.map((line) => (
                <Line key={line} line={line} />
              ))}
            </ul>
          </li>
        ))}
    </ol>
  );
}
