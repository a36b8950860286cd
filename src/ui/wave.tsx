import style from './wave.module.css';

function crest(height: number, top: number): string {
  const waves = [0, 400, 800].map(
    (x) => `C${x + 100} ${top - height} ${x + 100} ${top - height} ${x + 200} ${top}
      C${x + 300} ${top + height} ${x + 300} ${top + height} ${x + 400} ${top}`,
  );
  return `M0 ${top}${waves.join('')}V400H0Z`;
}

/** Slow water that rises and falls at the pace of a calm breath; still with reduced motion. */
export function Wave() {
  return (
    <svg className={style.wave} viewBox="0 0 400 240" preserveAspectRatio="none" aria-hidden="true">
      <g className={style.water}>
        <path className={style.far} d={crest(30, 66)} />
        <path className={style.mid} d={crest(26, 92)} />
        <path className={style.near} d={crest(20, 122)} />
      </g>
    </svg>
  );
}
