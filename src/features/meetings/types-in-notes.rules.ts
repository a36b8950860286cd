import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { TypesOn } from './meeting.rules.ts';
import { days, fold, nths, readNths } from './note-words.rules.ts';
import { typeNamed } from './type-names.rules.ts';

// "1st wk Step/2nd Spkr/3rd Step", "Last Monday of the month is a speaker meeting",
// "Tradition study on the 2nd Friday": what is different from week to week, in a group's own words.

/** Words of groups, folded, with the names that fellowships have for it and the facet it stands for. */
const topicWords: [words: string, facet: string, ...names: string[]][] = [
  ['spkrs?|speakers?|oradora?(?:es)?', 'speaker', 'Speaker'],
  ['bb|big book|libro (?:grande|azul)', '', 'Big Book'],
  ['steps?(?: study)?|(?:estudio de )?pasos', 'step', 'Step Study', 'Step Meeting', 'Step'],
  ['trad(?:ition)?s?(?: study)?|tradiciones', 'tradition', 'Tradition Study', 'Traditions'],
  ['lit(?:erature)?|literatura', 'literature', 'Literature'],
  ['topic|disc(?:ussion)?|discusion', 'discussion', 'Discussion', 'Topic Discussion'],
  ['beginners?|newcomers?|principiantes', 'newcomer', 'Newcomer', 'Beginners'],
  ['grapevine|gv', '', 'Grapevine'],
  ['living sober', '', 'Living Sober'],
  ['as bill sees it', '', 'As Bill Sees It'],
  ['daily reflections', '', 'Daily Reflections'],
  ['meditation|meditacion', 'meditation', 'Meditation', '11th Step Meditation'],
  ['candlelight', '', 'Candlelight'],
  ['open|abierta', 'open', 'Open'],
  ['closed|cerrada', 'closed', 'Closed'],
];

const topics = topicWords.map(([words, facet, ...names]) => ({
  whole: new RegExp(`^(?:${words})$`),
  facet,
  names,
}));

const topic = `(?:${topicWords.map(([words]) => words).join('|')})\\b`;
const eachTopic = new RegExp(topic, 'g');
/** What every reading of weeks has somewhere. */
const hint = new RegExp(nths);
const several = `${topic}(?:(?: ?[&,] ?| and | y | )${topic})*`;
const kind = '(?: (?:meetings?|mtgs?|study|reunion))?';
const week = `(?:w(?:ee)?ks?|semanas?|${days})(?: (?:of|in|del?) (?:(?:the|each|every|cada) )?(?:month|mes))?`;
const is = '(?:(?: is| are| es|:| -)? (?:an? |the |una? )?)';
const inWeek = new RegExp(`^(?<nth>${nths})(?<week> ${week})?${is}(?<topics>${several})${kind}$`);
const onWeek = new RegExp(
  `^(?:[a-z' ]+ )?(?<topics>${several})${kind}(?: is)?(?: on)?(?: the| el| la)? (?<nth>${nths}) ${week}$`,
);
const bareNths = new RegExp(`^${nths}$`);

/** The code of a topic in a fellowship; null where it has none. */
function codeOf(word: string, fellowship: string): string | null {
  const known = topics.find(({ whole }) => whole.test(word));
  if (!known) return null;
  const { facet, names } = known;
  for (const name of names) {
    const code = typeNamed(fellowship, name);
    if (code !== null) return code;
  }
  const types = Object.entries(fellowships.get(fellowship)?.types ?? {});
  return (
    types.find(([, { facets = [] }]) => facets.length === 1 && facets[0] === facet)?.[0] ?? null
  );
}

/** What stands between strokes, with "1st/3rd/5th BB" kept together. */
function piecesOf(said: string): string[] {
  const pieces: string[] = [];
  let nth = '';
  for (const part of said.split(/\s*\/\s*|,\s+(?!and |y )/)) {
    const piece = fold(part);
    if (bareNths.test(piece)) nth += `${piece} & `;
    else {
      pieces.push(nth + piece);
      nth = '';
    }
  }
  return pieces;
}

/** What one stretch of notes says of particular weeks; null where it says nothing of the kind. */
export function typesOnIn(said: string, fellowship: string): TypesOn[] | null {
  if (!hint.test(fold(said))) return null;
  const read: TypesOn[] = [];
  // A week is named at least once, or at least three are told apart: "First Step" names none.
  let isNamed = false;
  for (const piece of piecesOf(said.slice(0, 200))) {
    const found = (inWeek.exec(piece) ?? onWeek.exec(piece))?.groups;
    if (!found) continue;
    if (found.week || !('week' in found)) isNamed = true;
    const words = (found.topics ?? '').match(eachTopic) ?? [];
    const types = words.flatMap((word) => codeOf(word, fellowship) ?? []);
    read.push({ nth: readNths(found.nth ?? ''), types: [...new Set(types)] });
  }
  if (read.length === 0 || (!isNamed && read.length < 3)) return null;
  return read.filter(({ types }) => types.length > 0);
}
