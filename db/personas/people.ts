import type { Role } from '../../src/kit/operation.ts';

/** How an evening was: what a check-in of the demo says. `null`: nothing was written that day. */
interface Evening {
  used?: boolean;
  urge: number;
  mood: number;
  halt?: ('hungry' | 'angry' | 'lonely' | 'tired')[];
  meeting?: boolean;
  sponsor?: boolean;
  line?: string;
}

/** One of the demo's people. `enters`: can be entered by a click. */
export interface Person {
  key: string;
  name: string;
  role: Role;
  enters: boolean;
}

/** Staff and others without a chart. */
export const others: Person[] = [
  { key: 'maya', name: 'Maya Ruiz', role: 'therapist', enters: true },
  { key: 'sam', name: 'Sam Okafor', role: 'supervisor', enters: true },
  { key: 'kim', name: 'Kim Adler', role: 'administrator', enters: true },
  { key: 'lee', name: 'Lee', role: 'listServant', enters: true },
  { key: 'ray', name: 'Ray', role: 'sponsor', enters: true },
];

/** What a client of the demo chose to share. */
type Shares = ('checkIn' | 'meetings' | 'tasks' | 'urges' | 'slips')[];

/** A client of the demo and their weeks, told as days before today. */
export interface DemoClient extends Person {
  recordNumber: string;
  admittedDaysAgo: number;
  /** Sober since so many days; a slip within is in `slipDaysAgo`. */
  soberDays: number;
  /** Sober days from before, told once. */
  earlierDays?: number;
  /** Whom they can call; numbers that belong to nobody. */
  people?: { name: string; phone: string; kin: string; first: boolean }[];
  joins: boolean;
  shares: Shares;
  /** Takes back every choice so many days ago. */
  withdrawsDaysAgo?: number;
  /** Evenings of the last days, today not counted, newest first. */
  evenings: (Evening | null)[];
  slipDaysAgo?: number;
  phq9?: number[];
  course: boolean;
}

const quiet: Evening = { urge: 1, mood: 4 };
const group: Evening = { urge: 2, mood: 4, meeting: true, sponsor: true };
const tired: Evening = { urge: 4, mood: 2, halt: ['tired', 'lonely'] };

/** The clients: one for each thing that a caseload must show. */
export const clients: DemoClient[] = [
  {
    key: 'ana',
    name: 'Ana',
    role: 'client',
    enters: true,
    recordNumber: '2026-114',
    admittedDaysAgo: 16,
    soberDays: 41,
    earlierDays: 171,
    people: [
      { name: 'Ray', phone: '+1 202 555 0142', kin: 'sponsor', first: true },
      { name: 'Inés', phone: '+1 202 555 0117', kin: 'friend', first: false },
    ],
    joins: true,
    shares: ['checkIn', 'meetings', 'tasks'],
    evenings: [
      { ...group, line: 'I said my name out loud. Nobody laughed. I stayed for the coffee.' },
      quiet,
      {
        urge: 7,
        mood: 2,
        halt: ['angry', 'tired'],
        line: 'Drove past the shop twice. Called Ray from the car park.',
      },
      group,
      quiet,
      tired,
      null,
      group,
      { urge: 3, mood: 3, line: 'Slept badly. Still here.' },
      quiet,
      quiet,
      group,
      tired,
      quiet,
    ],
    phq9: [1, 2, 1, 2, 1, 1, 1, 0, 0],
    course: true,
  },
  {
    key: 'jo',
    name: 'Jo',
    role: 'client',
    enters: true,
    recordNumber: '2026-098',
    admittedDaysAgo: 40,
    soberDays: 25,
    joins: true,
    shares: ['checkIn', 'meetings'],
    withdrawsDaysAgo: 9,
    evenings: [
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      quiet,
      group,
      tired,
      quiet,
      quiet,
    ],
    course: true,
  },
  {
    key: 'cleo',
    name: 'Cleo',
    role: 'client',
    enters: false,
    recordNumber: '2026-121',
    admittedDaysAgo: 6,
    soberDays: 5,
    joins: true,
    shares: ['checkIn'],
    evenings: [tired, tired, { urge: 5, mood: 1, halt: ['lonely'] }, tired, quiet],
    phq9: [2, 3, 2, 3, 1, 2, 2, 1, 1],
    course: false,
  },
  {
    key: 'ben',
    name: 'Ben W.',
    role: 'client',
    enters: false,
    recordNumber: '2026-087',
    admittedDaysAgo: 60,
    soberDays: 2,
    joins: true,
    shares: ['checkIn', 'meetings', 'tasks', 'urges', 'slips'],
    evenings: [
      { ...group, mood: 3, line: 'Went back. They were glad.' },
      { used: true, urge: 9, mood: 1, halt: ['lonely'] },
      tired,
      quiet,
      quiet,
      group,
      quiet,
      quiet,
      group,
      quiet,
    ],
    slipDaysAgo: 2,
    course: true,
  },
  {
    key: 'dev',
    name: 'Dev',
    role: 'client',
    enters: false,
    recordNumber: '2026-102',
    admittedDaysAgo: 30,
    soberDays: 28,
    joins: true,
    shares: ['checkIn'],
    evenings: [null, null, null, null, null, quiet, quiet, tired, quiet, quiet],
    course: true,
  },
  {
    key: 'fay',
    name: 'Fay',
    role: 'client',
    enters: false,
    recordNumber: '2026-109',
    admittedDaysAgo: 20,
    soberDays: 19,
    joins: true,
    shares: ['checkIn', 'urges'],
    evenings: [
      { urge: 8, mood: 2, halt: ['angry'] },
      { urge: 7, mood: 2 },
      { urge: 6, mood: 3 },
      { urge: 2, mood: 4 },
      { urge: 2, mood: 4 },
      { urge: 3, mood: 4 },
      { urge: 2, mood: 4 },
      quiet,
      quiet,
    ],
    course: true,
  },
  {
    key: 'eli',
    name: 'Eli',
    role: 'client',
    enters: false,
    recordNumber: '2026-125',
    admittedDaysAgo: 0,
    soberDays: 0,
    joins: false,
    shares: [],
    evenings: [],
    course: false,
  },
];
