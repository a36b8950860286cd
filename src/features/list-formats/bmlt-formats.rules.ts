/**
 * World ids of formats (as in NAWS files and on BMLT servers) in the codes of our table of NA.
 * VM, HYBR and TC are facts about the venue; OPEN and CLOSED are types. Facts: BMLT server 4.2.
 */
const worldIds: Record<string, string> = {
  OPEN: 'O',
  CLOSED: 'C',
  WCHR: 'X',
  VM: 'ONL',
  HYBR: '',
  SPEC: 'SPK',
  BILL: '',
};
for (const same of (
  'BEG BT CAN CPT CW DISC GL IP IW JFT LC LIT M MED NS QA RA SMOK SPAD SPK STEP SWG TC TOP TRAD ' +
  'VAR W Y'
).split(' '))
  worldIds[same] = same;

/** Keys that servers ship with in English, for answers without a table of formats. */
const shippedKeys: Record<string, string> = {
  B: 'BEG',
  BT: 'BT',
  C: 'C',
  CL: 'CAN',
  CS: 'CW',
  CW: 'CW',
  CPT: 'CPT',
  D: 'DISC',
  GL: 'GL',
  HY: '',
  IP: 'IP',
  IW: 'IW',
  JT: 'JFT',
  JFT: 'JFT',
  LC: 'LC',
  LIT: 'LIT',
  M: 'M',
  ME: 'MED',
  NS: 'NS',
  O: 'O',
  QA: 'QA',
  RA: 'RA',
  SG: 'SWG',
  SM: 'SMOK',
  SO: 'SPK',
  SP: 'SPK',
  SPAD: 'SPAD',
  ST: 'STEP',
  TC: 'TC',
  TO: 'TOP',
  TR: 'TRAD',
  VAR: 'VAR',
  VM: 'ONL',
  W: 'W',
  WC: 'X',
  YP: 'Y',
  ES: 'ES',
};

interface Format {
  key: string;
  worldId: string;
  name: string;
}

/** A server's formats by their shared id. The languages of a name matter not: ids decide. */
export type FormatTable = ReadonlyMap<string, Format>;

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** Reads the answer of GetFormats, or the `formats` of GetSearchResults. */
export function formatTable(value: unknown): FormatTable {
  const table = new Map<string, Format>();
  if (!Array.isArray(value)) return table;
  for (const format of value) {
    if (typeof format !== 'object' || format === null) continue;
    const { id, key_string, world_id, name_string, lang, format_type_enum } = format as Record<
      string,
      unknown
    >;
    if (table.has(textOf(id)) && lang !== 'en') continue;
    const worldId = textOf(world_id).toUpperCase();
    const isLanguage = worldId === 'LANG' || format_type_enum === 'LANG';
    table.set(textOf(id), {
      key: textOf(key_string),
      worldId: isLanguage ? '' : worldId,
      name: textOf(name_string),
    });
  }
  return table;
}

/** A world id in our code; '' where it is no type; null where nobody knows it. */
export function typeOfWorldId(worldId: string): string | null {
  return Object.hasOwn(worldIds, worldId) ? (worldIds[worldId] ?? null) : null;
}

/**
 * The types of a meeting in our codes: by the world id of each format, else by the key that
 * servers ship with, else its name as it is (which the types' own table may know, or report).
 */
export function typesOfFormats(ids: string, keys: string, table: FormatTable): string[] {
  const shared = ids.split(',').flatMap((id) => table.get(id.trim()) ?? []);
  const formats: Format[] =
    shared.length > 0
      ? shared
      : keys.split(',').map((key) => {
          const known = [...table.values()].find((format) => format.key === key.trim());
          return known ?? { key: key.trim(), worldId: '', name: '' };
        });
  return formats
    .map(({ key, worldId, name }) => {
      const letters = key.toUpperCase();
      const byKey = Object.hasOwn(shippedKeys, letters) ? shippedKeys[letters] : undefined;
      return (worldId ? typeOfWorldId(worldId) : null) ?? byKey ?? (name || key);
    })
    .filter(Boolean);
}
