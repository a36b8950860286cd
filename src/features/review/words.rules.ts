import type { Day } from '../../kit/day.ts';

export type Language = 'en' | 'es';

/** The facts of the one human line; null where nothing is to be said. */
export interface LineFacts {
  evenings: { told: number; of: number } | 'notShared' | 'nothingYet';
  meetings: { went: number; planned: number; more: number } | 'notShared' | null;
  slipsOn: Day[];
  hardOn: Day[] | null;
  /** A period over a week names days by date, else by weekday. */
  long: boolean;
}

const english = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');
const spanish = 'ninguna una dos tres cuatro cinco seis siete ocho nueve diez once doce'.split(' ');

const en = (count: number) => english[count] ?? String(count);
const es = (count: number) => spanish[count] ?? String(count);

function dayWords(day: Day, long: boolean, language: Language): string {
  const date = new Date(`${day}T12:00:00Z`);
  const words = date.toLocaleDateString(language === 'en' ? 'en-US' : 'es', {
    timeZone: 'UTC',
    ...(long ? { day: 'numeric', month: 'long' } : { weekday: 'long' }),
  });
  return language === 'en' ? words : `el ${words}`;
}

function listed(days: Day[], long: boolean, language: Language): string {
  const names = days.map((day) => dayWords(day, long, language));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

function englishParts({ evenings, meetings, slipsOn, hardOn, long }: LineFacts): string[] {
  const parts: string[] = [];
  if (evenings === 'notShared') parts.push('evenings not shared');
  else if (evenings === 'nothingYet') parts.push('nothing told yet');
  else if (evenings.of === 1) parts.push(evenings.told ? 'one evening told' : 'no evening told');
  else if (evenings.told === evenings.of) parts.push(`all ${en(evenings.of)} evenings told`);
  else if (evenings.told === 0) parts.push(`none of ${en(evenings.of)} evenings told`);
  else parts.push(`${en(evenings.told)} of ${en(evenings.of)} evenings told`);
  if (meetings === 'notShared') parts.push('meetings not shared');
  else if (meetings) {
    const { went, planned, more } = meetings;
    const plural = (count: number) => (count === 1 ? 'meeting' : 'meetings');
    if (planned === 0) parts.push(`${en(more)} ${plural(more)}`);
    else
      parts.push(
        `${en(went)} ${plural(went)} of ${en(planned)} planned${more ? ` and ${en(more)} more` : ''}`,
      );
  }
  if (slipsOn.length > 2) parts.push(`${en(slipsOn.length)} slips told`);
  else if (slipsOn.length > 0)
    parts.push(`${slipsOn.length === 1 ? 'one slip' : 'slips'} on ${listed(slipsOn, long, 'en')}`);
  if (hardOn?.length === 0) parts.push('no hard night');
  else if (hardOn && hardOn.length > 2) parts.push(`${en(hardOn.length)} hard nights`);
  else if (hardOn)
    parts.push(
      `${hardOn.length === 1 ? 'one hard night' : 'hard nights'} on ${listed(hardOn, long, 'en')}`,
    );
  return parts;
}

function spanishParts({ evenings, meetings, slipsOn, hardOn, long }: LineFacts): string[] {
  const parts: string[] = [];
  if (evenings === 'notShared') parts.push('noches sin compartir');
  else if (evenings === 'nothingYet') parts.push('aún no hay nada contado');
  else if (evenings.of === 1)
    parts.push(evenings.told ? 'una noche contada' : 'ninguna noche contada');
  else if (evenings.told === evenings.of) parts.push(`las ${es(evenings.of)} noches contadas`);
  else if (evenings.told === 0) parts.push(`ninguna de ${es(evenings.of)} noches contada`);
  else parts.push(`${es(evenings.told)} de ${es(evenings.of)} noches contadas`);
  if (meetings === 'notShared') parts.push('reuniones sin compartir');
  else if (meetings) {
    const { went, planned, more } = meetings;
    const plural = (count: number) => (count > 1 ? 'reuniones' : 'reunión');
    if (planned === 0) parts.push(`${es(more)} ${plural(more)}`);
    else
      parts.push(
        `${es(went)} ${plural(went)} de ${es(planned)} ${planned === 1 ? 'prevista' : 'previstas'}${more ? ` y ${es(more)} más` : ''}`,
      );
  }
  const slips = slipsOn.length;
  if (slips > 2) parts.push(`${es(slips)} deslices contados`);
  else if (slips > 0)
    parts.push(`${slips === 1 ? 'un desliz' : 'deslices'} ${listed(slipsOn, long, 'es')}`);
  if (hardOn?.length === 0) parts.push('ninguna noche difícil');
  else if (hardOn && hardOn.length > 2) parts.push(`${es(hardOn.length)} noches difíciles`);
  else if (hardOn)
    parts.push(
      `${hardOn.length === 1 ? 'una noche difícil' : 'noches difíciles'} ${listed(hardOn, long, 'es')}`,
    );
  return parts;
}

/** The week in one human line: a sentence that can be read aloud to the client. */
export function weekLine(facts: LineFacts, language: Language): string {
  const said = (language === 'en' ? englishParts : spanishParts)(facts).join(', ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}
