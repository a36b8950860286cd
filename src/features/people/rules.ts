/** Who somebody is to the person. */
export const kins = ['sponsor', 'friend', 'family', 'helper'] as const;
export type Kin = (typeof kins)[number];

/** Somebody who may be called; kept in the private space only. */
export interface Person {
  name: string;
  phone: string;
  kin: Kin;
  /** The one to call first. */
  first: boolean;
}

/** The number as a telephone can dial it. */
export function dialable(phone: string): string {
  return `tel:${phone.replace(/[^\d+*#,;]/g, '')}`;
}

/** The one to call first, then sponsors, then by name. */
export function callOrder<Entry extends { fields: Person }>(people: readonly Entry[]): Entry[] {
  const rank = ({ fields }: Entry) => `${fields.first ? 0 : fields.kin === 'sponsor' ? 1 : 2}`;
  const key = (entry: Entry) => rank(entry) + entry.fields.name.toLocaleLowerCase();
  return [...people].sort((a, b) => key(a).localeCompare(key(b)));
}
