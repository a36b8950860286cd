import type { Point } from './place-answer.rules.ts';

const number = String.raw`([-−+]?\d{1,3}(?:\.\d+)?)\s*°?\s*`;
const pair = new RegExp(
  String.raw`^\s*(?:geo:)?\s*${number}([NS]?)\s*[,; ]\s*${number}([EWO]?)\s*$`,
  'i',
);

function degrees(digits: string, side: string): number {
  const value = Number(digits.replace('−', '-'));
  return /[SWO]/i.test(side) ? -Math.abs(value) : value;
}

/** "42.65, -73.75", "42.65° N 73.75° W", "geo:42.65,-73.75"; null when it is no pair of degrees. */
export function typedPosition(typed: string): Point | null {
  const [, lat, north = '', lng, east = ''] = pair.exec(typed) ?? [];
  if (lat === undefined || lng === undefined) return null;
  const point = { lat: degrees(lat, north), lng: degrees(lng, east) };
  return Math.abs(point.lat) <= 90 && Math.abs(point.lng) <= 180 ? point : null;
}
