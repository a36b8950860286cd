/**
 * Facilitation programmes as reviewed data. Each topic is a file of its own, so that a clinician
 * can read and sign off one at a time; a course pins the hash of the whole.
 */
import type { Words } from './words.ts';

/** What of the client's own answers is laid beside a prompt. */
export const besides = [
  'ownWords',
  'whatFor',
  'safety',
  'substanceHistory',
  'readiness',
  'audit',
  'taps',
  'phq9',
  'gad7',
  'checkIns',
  'urges',
  'slips',
  'meetings',
  'tasks',
  'network',
  'earlierTopics',
] as const;

/** Things that are filled in together on the screen. */
export const tools = [
  'timeline',
  'denial',
  'two-columns',
  'call',
  'role-play',
  'genogram',
  'lifestyle-contract',
  'halt',
  'ninety-day-plan',
] as const;

export type Prompt = {
  /** Unique in the programme: `<topic or part>.<name>`. */
  id: string;
  kind: 'ask' | 'tell' | 'do';
  ask: Words;
  listenFor: Words;
  beside: (typeof besides)[number][];
  tool?: (typeof tools)[number];
  /** Leave out while a withdrawal danger has not been cleared. */
  asksAbstinence?: boolean;
};

type RecoveryTask = {
  id: string;
  kind: 'meeting' | 'reading' | 'call' | 'writing' | 'other';
  text: Words;
  /** Days from the session until it is due. */
  dueDays: number;
  who: 'client' | 'partner';
  count?: number;
  daily?: boolean;
  /** May not be agreed while a withdrawal danger has not been cleared. */
  asksAbstinence?: boolean;
};

type Trouble = { id?: string; when: Words; do: Words };

export type Topic = {
  id: string;
  number: number;
  class: 'core' | 'elective' | 'conjoint' | 'closing';
  /** The Steps it belongs to, if any. */
  steps: number[];
  mayTakeSessions: number;
  title: Words;
  /** One plain sentence for the client. */
  clientSentence: Words;
  aim: Words;
  keyPoints: Words[];
  prompts: Prompt[];
  tasks: RecoveryTask[];
  trouble: Trouble[];
  caution?: Words;
  /** Asked of the client alone before a conjoint session; a yes means no such session. */
  gate?: { ask: Words; ifYes: Words };
};

type Part = {
  id: 'review' | 'topic' | 'tasks' | 'summary';
  title: Words;
  purpose: Words;
  /** Guide minutes of a first and of a later session; they never nag. */
  minutes: { first: number; later: number };
  prompts: Prompt[];
};

export type Programme = {
  id: string;
  version: string;
  checkedOn: string;
  title: Words;
  description: Words;
  source: { document: string; date: string; licence: string; note: string };
  rules: {
    sessions: number;
    conjointMost: number;
    emergencyMost: number;
    coreFirst: boolean;
    closingLast: boolean;
    topicMayRepeat: boolean;
  };
  /** Topic ids of the sessions in their default order. */
  order: { withPartner: string[]; withoutPartner: string[] };
  goalDomains: { id: string; title: Words; goal: Words }[];
  parts: Part[];
  emergency: { title: Words; description: Words; prompts: Prompt[] };
  denial: { id: string; title: Words; example: Words }[];
  troubleshooting: Trouble[];
  topics: Topic[];
};

type Frame = Omit<Programme, 'topics'>;

/** JSON is text as far as the compiler knows; `programmeFaults` checks what it cannot. */
function read<T>(module: { default: unknown }): T {
  return module.default as T;
}

/** The Project MATCH programme, 13 topics. Loaded when asked for: the companion needs none of it. */
export async function loadMatchTsf(): Promise<Programme> {
  const [frame, ...topics] = await Promise.all([
    import('./programmes/match-tsf.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/01-introduction.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/02-acceptance.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/03-surrender.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/04-getting-active.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/05-genogram.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/06-enabling.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/07-people-places-routines.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/08-emotions.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/09-moral-inventories.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/10-relationships.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/11-conjoint-enabling.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/12-conjoint-detaching.json', { with: { type: 'json' } }),
    import('./programmes/match-tsf/13-termination.json', { with: { type: 'json' } }),
  ]);
  return { ...read<Frame>(frame), topics: topics.map((each) => read<Topic>(each)) };
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

/** SHA-256 in hex over the content with its keys sorted; the order of keys does not matter. */
export async function contentHash(content: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(content));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
