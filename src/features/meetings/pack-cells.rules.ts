import type { Attendance, Position } from './meeting.rules.ts';

/** Degrees of a cell's sides: some 440 by 340 km. Who asks for one says no more than that. */
const side = 4;
const columns = 360 / side;
const rows = 180 / side;

/** How far a region's list goes beyond its cell, so that a circle round any point of it is whole. */
export const marginKm = 65;
const kmPerDegree = 111.2;

/** Up to this many meetings the whole directory is one list: nobody says even a region then. */
export const wholeUpTo = 5000;

/** A rectangle of degrees; `west` may lie beyond -180 and `east` beyond 180. */
export interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** The cell in which a point lies, as it stands in an address: `33-26`. */
export function cellAt({ lat, lng }: Position): string {
  const row = Math.min(rows - 1, Math.max(0, Math.floor((lat + 90) / side)));
  const column = Math.floor((((lng + 180) % 360) + 360) / side) % columns;
  return `${row}-${column}`;
}

/** The rectangle that a cell's list covers; null where there is no such cell. */
export function boxOf(cell: string): Box | null {
  const [, row, column] = /^(\d{1,2})-(\d{1,2})$/.exec(cell) ?? [];
  if (row === undefined || column === undefined) return null;
  if (Number(row) >= rows || Number(column) >= columns || `${+row}-${+column}` !== cell)
    return null;
  const south = Number(row) * side - 90;
  const west = Number(column) * side - 180;
  const high = marginKm / kmPerDegree;
  const furthest = Math.min(89, Math.max(Math.abs(south), Math.abs(south + side)) + high);
  const wide = Math.min(180, high / Math.cos((furthest * Math.PI) / 180));
  return {
    south: south - high,
    west: west - wide,
    north: south + side + high,
    east: west + side + wide,
  };
}

/** Whether a point lies in a rectangle, also across the date line. */
export function isIn(box: Box, { lat, lng }: Position): boolean {
  if (lat < box.south || lat > box.north) return false;
  return [lng, lng - 360, lng + 360].some((one) => one >= box.west && one <= box.east);
}

/** The circle round a rectangle, for asking a search for all that is in it. */
export function circleOf(box: Box): Position & { radiusKm: number } {
  const lat = (box.south + box.north) / 2;
  const lng = (((box.west + box.east) / 2 + 540) % 360) - 180;
  const high = ((box.north - box.south) / 2) * kmPerDegree;
  const nearest = Math.min(Math.abs(box.south), Math.abs(box.north));
  const equator = box.south < 0 && box.north > 0 ? 0 : nearest;
  const wide = ((box.east - box.west) / 2) * kmPerDegree * Math.cos((equator * Math.PI) / 180);
  return { lat, lng, radiusKm: Math.min(20_015, Math.hypot(high, wide) * 1.05) };
}

/**
 * Whether a meeting belongs to no region's list: one takes part from anywhere, or it is not known
 * where it is. Such meetings are in a list of their own.
 */
export function isAnywhere({
  attendance,
  place,
}: {
  attendance: Attendance;
  place: { position: Position | null };
}): boolean {
  if (place.position === null) return true;
  return attendance === 'online' || attendance === 'phone' || attendance === 'by-request';
}
