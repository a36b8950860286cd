/** How many units of length a degree of a great circle is, as BMLT servers count. */
export const unitsPerDegree = { mi: 69.0, km: 111.111 } as const;

const radian = Math.PI / 180;

/** Degrees of the great circle between two points (spherical law of cosines). */
export function degreesApart(lat1: number, lng1: number, lat2: number, lng2: number): number {
  const a = lat1 * radian;
  const b = lat2 * radian;
  const cosine =
    Math.cos(a) * Math.cos(b) * Math.cos((lng1 - lng2) * radian) + Math.sin(a) * Math.sin(b);
  return Math.acos(Math.min(1, Math.max(-1, cosine))) / radian;
}

/** How far to look in longitude for what lies within so many degrees of a point. */
export function longitudeReach(lat: number, degrees: number): number {
  if (Math.abs(lat) + degrees >= 89.9) return 360;
  return (
    Math.asin(Math.min(1, Math.sin(degrees * radian) / Math.cos(lat * radian))) / radian + 1e-4
  );
}

function stepped(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step) + 1;
  return Array.from({ length: count }, (_, n) => from + n * step);
}

/** Radii that are tried where as many as so many meetings are asked for, in the unit of the question. */
export const autoRadii: readonly number[] = [
  ...[0.0625, 0.125, 0.1875, 0.25, 0.4375, 0.5, 0.5625, 0.75, 0.8125, 1],
  ...stepped(1.25, 5, 0.25),
  ...stepped(5.5, 10, 0.5),
  ...stepped(11, 15, 1),
  ...stepped(17.5, 30, 2.5),
  ...stepped(35, 50, 5),
  ...stepped(60, 100, 10),
  ...[150, 200],
];

/** The least of those radii that reaches `distance`; the largest where none does. */
export function radiusReaching(distance: number): number {
  return autoRadii.find((radius) => radius >= distance) ?? (autoRadii.at(-1) as number);
}
