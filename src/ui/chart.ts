/** One value a day, oldest first; `null` is a day of which nothing is known. */
export type Values = readonly (number | null)[];

export type Box = { width: number; height: number; low: number; high: number; pad: number };

/** Where the value of that day stands in the box. */
export function pointAt(index: number, value: number, count: number, box: Box): [number, number] {
  const span = box.high - box.low || 1;
  const inner = box.width - 2 * box.pad;
  const x = count < 2 ? box.width / 2 : box.pad + (index / (count - 1)) * inner;
  const y = box.height - box.pad - ((value - box.low) / span) * (box.height - 2 * box.pad);
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}

/** The line through known days, broken where a day is not known. */
export function linePath(values: Values, box: Box): string {
  let isDrawing = false;
  const parts = values.map((value, index) => {
    if (value === null) {
      isDrawing = false;
      return '';
    }
    const [x, y] = pointAt(index, value, values.length, box);
    const part = `${isDrawing ? 'L' : 'M'}${x} ${y}`;
    isDrawing = true;
    return part;
  });
  return parts.join('');
}

/** Days that stand alone between two gaps: a line would not show them. */
export function lonePoints(values: Values, box: Box): [number, number][] {
  return values.flatMap((value, index) => {
    const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    return value !== null && isAlone ? [pointAt(index, value, values.length, box)] : [];
  });
}
