import style from './design.module.css';

const colours = [
  'paper',
  'sheet',
  'well',
  'ink',
  'ink-soft',
  'ink-faint',
  'line',
  'line-firm',
  'water',
  'water-deep',
  'water-wash',
  'amber',
  'amber-ink',
  'amber-wash',
  'alarm',
  'alarm-wash',
  'chart-1',
  'chart-2',
  'chart-3',
  'chart-4',
];
const steps = ['--2', '--1', '-0', '-1', '-2', '-3', '-4', '-5'];

/** Colour, type and the words for laying out. */
export function Tokens() {
  return (
    <>
      <section>
        <h2 className={style.name}>Colour</h2>
        <div className={style.swatches}>
          {colours.map((name) => (
            <div key={name} className={style.swatch}>
              <span style={{ background: `var(--${name})` }} />
              <span>{name}</span>
            </div>
          ))}
        </div>
      </section>
      <section>
        <h2 className={style.name}>Type</h2>
        {steps.map((step) => (
          <p key={step} style={{ fontSize: `var(--step${step})` }}>
            Saturday evening. 41 days, 212 in all.
          </p>
        ))}
        <p className="own-words">“I drove past and kept driving. I called Ray from the car.”</p>
        <p className="reading">
          The first Step asks for something plain: to look at what happened each time, without
          argument, and to say it to one other person. It does not ask for a belief.
        </p>
        <p className="eyebrow">An eyebrow</p>
        <p className="soft">Soft ink for what comes second.</p>
        <p className="faint small">Faint ink, small, for what can be missed.</p>
      </section>
    </>
  );
}
