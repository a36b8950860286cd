/** A row of the paper week as it is typed: letters and numbers. */
export interface RowText {
  used: string;
  urge: string;
  mood: string;
  halt: string;
  meeting: string;
  sponsor: string;
  line: string;
}

export interface RowCheckIn {
  used: boolean;
  urge: number;
  mood: number;
  halt: ('hungry' | 'angry' | 'lonely' | 'tired')[];
  meeting: boolean;
  sponsorContact: boolean;
  line?: string;
}

const letters = {
  h: 'hungry',
  a: 'angry',
  l: 'lonely',
  t: 'tired',
  // Spanish: hambre, enojo, soledad, cansancio.
  e: 'angry',
  s: 'lonely',
  c: 'tired',
} as const;

const yes = ['y', 's', '1', 'x', '+'];
const no = ['n', '0', '-'];

function yesOrNo(text: string, empty: boolean | null): boolean | null {
  const letter = text.trim().toLowerCase();
  if (letter === '') return empty;
  if (yes.includes(letter)) return true;
  return no.includes(letter) ? false : null;
}

function whole(text: string, least: number, most: number): number | null {
  const number = Number(text.trim());
  const fits = /^\d{1,2}$/.test(text.trim()) && number >= least && number <= most;
  return fits ? number : null;
}

/**
 * Reads a typed row. Used, urge and mood must be there; a blank meeting or sponsor means no, since a
 * box that was not ticked on paper means no.
 */
export function asCheckIn(
  text: RowText,
): { ok: true; checkIn: RowCheckIn } | { ok: false; wrong: (keyof RowText)[] } {
  const used = yesOrNo(text.used, null);
  const urge = whole(text.urge, 0, 10);
  const mood = whole(text.mood, 1, 5);
  const meeting = yesOrNo(text.meeting, false);
  const sponsorContact = yesOrNo(text.sponsor, false);
  const codes = [...text.halt.toLowerCase().replace(/[\s,]/g, '')];
  const halt = codes.flatMap((code) => letters[code as keyof typeof letters] ?? []);
  const read = { used, urge, mood, meeting, sponsor: sponsorContact };
  const wrong = (Object.keys(read) as (keyof typeof read)[]).filter((name) => read[name] === null);
  if (
    used === null ||
    urge === null ||
    mood === null ||
    meeting === null ||
    sponsorContact === null ||
    halt.length < codes.length
  )
    return { ok: false, wrong: halt.length < codes.length ? [...wrong, 'halt'] : wrong };
  const line = text.line.trim();
  return {
    ok: true,
    checkIn: {
      used,
      urge,
      mood,
      halt: [...new Set(halt)],
      meeting,
      sponsorContact,
      ...(line && { line }),
    },
  };
}
