import type { Day } from '../../kit/day.ts';

/** What a client chooses to share by itself, kind by kind. */
export type ShareKind = 'checkIn' | 'meetings' | 'tasks' | 'urges' | 'slips';
export const shareKinds: readonly ShareKind[] = ['checkIn', 'meetings', 'tasks', 'urges', 'slips'];

/** One change of a standing choice; before the first, nothing is shared. */
export interface ChoiceChange {
  kind: ShareKind;
  share: boolean;
  changedAt: string;
}

export interface CheckInFact {
  onDay: Day;
  madeAt: string;
  used: boolean;
  urge: number;
  mood: number;
  halt: string[];
  meeting: boolean;
  sponsorContact: boolean;
  line: string;
  byStaff: boolean;
}

interface UrgeFact {
  onDay: Day;
  strength: number;
  passed: boolean;
  helpedBy: string[];
  line: string;
}

interface SlipFact {
  onDay: Day;
  line: string;
  helpedBy: string[];
}

export interface PlannedFact {
  id: string;
  name: string;
  place: string;
  fellowship: string;
  onDay: Day;
  startsAt: string;
  cancelled: boolean;
}

export interface AttendedFact {
  id: string;
  plannedId: string | null;
  name: string;
  fellowship: string;
  onDay: Day;
  about: string[];
  stirred: string;
  spoke: boolean | null;
  numbers: number | null;
}

export interface TaskFact {
  id: string;
  kind: 'meeting' | 'reading' | 'call' | 'writing' | 'other';
  text: string;
  agreedOn: Day;
  dueOn: Day | null;
  report: { outcome: 'done' | 'notYet' | 'notDone'; why: string; onDay: Day } | null;
}

/** Everything that reached the chart about one period; nothing else is known. */
export interface Facts {
  fromDay: Day;
  toDay: Day;
  /** The client's day now. */
  today: Day;
  zone: string;
  /** A client without an account, whose week comes in on paper: the choices do not apply. */
  paper: boolean;
  choices: ChoiceChange[];
  checkIns: CheckInFact[];
  urges: UrgeFact[];
  slips: SlipFact[];
  planned: PlannedFact[];
  attended: AttendedFact[];
  tasks: TaskFact[];
  /** Every day ever told, the last telling of each, oldest first. */
  usedByDay: { onDay: Day; used: boolean }[];
}
