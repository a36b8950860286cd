import { completeAssessment } from '../../src/features/assessment/contract.ts';
import { planMeeting, sendAttendance } from '../../src/features/attendance/contract.ts';
import { sendCheckIn } from '../../src/features/checkin/contract.ts';
import { admitClient } from '../../src/features/clients/contract.ts';
import { readCourse, startCourse } from '../../src/features/course/contract.ts';
import { makeDemoCare } from '../../src/features/lists/demo-care.server.ts';
import { makeDemoImports } from '../../src/features/lists/demo-imports.server.ts';
import { importDemoMeetings } from '../../src/features/lists/import-file.server.ts';
import {
  endSession,
  openSession,
  planSession,
  saveEntry,
  startSession,
} from '../../src/features/sessions/contract.ts';
import { chooseSharing } from '../../src/features/sharing/contract.ts';
import { sendSlip } from '../../src/features/slip/contract.ts';
import { agreeTask, reportTask } from '../../src/features/tasks/contract.ts';
import { sendUrge } from '../../src/features/urge/contract.ts';
import { addDays, dayInZone } from '../../src/kit/day.ts';
import { uuidv7 } from '../../src/kit/id.ts';
import type { Transaction } from '../../src/platform/database.ts';
import { type Living, Maker, zone } from './maker.ts';
import { clients, type DemoClient, others } from './people.ts';

/** What was written in Ana's first session. */
const captured = [
  'Came because of the car. “I was going to stop on my own. I was always going to.”',
  'Nineteen years of wine in the evening, then mornings. Two attempts alone, the longest five weeks.',
];

/** The instrument as it stands in src/content. */
const phq9Version = '1.0.0';

/**
 * Makes the demo programme in an open transaction: personas, their charts and private spaces, all
 * through the real operations with the clock set back. False when there is a demo already.
 */
export async function makeDemo(tx: Transaction, now: Date): Promise<boolean> {
  const programme = uuidv7();
  const [opened] = await tx.query<{ made: boolean }>('SELECT app.open_demo($1, $2, $3) AS made', [
    programme,
    'Alder House (demo)',
    zone,
  ]);
  if (!opened?.made) return false;
  await tx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')");
  await importDemoMeetings(tx);
  const maker = new Maker(tx, programme, now);
  const staff = new Map<string, Living>();
  for (const person of others) staff.set(person.key, await maker.enrol(person, null));
  const maya = staff.get('maya');
  if (!maya) throw new Error('The demo needs its therapist.');
  await tx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')");
  await makeDemoCare(tx, now, { lee: servantOf(staff, 'lee'), kim: servantOf(staff, 'kim') });
  await makeDemoImports(tx, now);
  const life = new Life(maker);
  for (const client of clients) await life.live(client, maya);
  await tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')");
  return true;
}

function servantOf(staff: Map<string, Living>, key: string) {
  const living = staff.get(key);
  if (!living) throw new Error(`The demo needs ${key}.`);
  return { account: living.account, name: living.person.name };
}

/** The weeks of one client. */
class Life {
  readonly #m: Maker;

  constructor(maker: Maker) {
    this.#m = maker;
  }

  /** A client's weeks: admitted, joined, chosen, lived; a course with its first session. */
  async live(client: DemoClient, maya: Living): Promise<void> {
    const admittedAt = this.#m.back(client.admittedDaysAgo, 10);
    const { clientId } = await this.#m.ask(
      maya,
      admitClient,
      {
        displayName: client.name,
        recordNumber: client.recordNumber,
        timeZone: zone,
        setting: 'outpatient',
      },
      admittedAt,
    );
    if (!client.joins) return;
    const self = await this.#m.enrol(client, clientId);
    for (const kind of client.shares)
      await this.#m.ask(self, chooseSharing, { id: uuidv7(), kind, share: true }, admittedAt);
    if (client.phq9) await this.#answerPhq9(self, client.phq9, client);
    await this.#evenings(self, client);
    if (client.slipDaysAgo !== undefined) await this.#slip(self, client.slipDaysAgo);
    if (client.withdrawsDaysAgo !== undefined)
      for (const kind of client.shares)
        await this.#m.ask(
          self,
          chooseSharing,
          { id: uuidv7(), kind, share: false },
          this.#m.back(client.withdrawsDaysAgo, 12),
        );
    if (client.course) await this.#course(maya, self, client, clientId);
  }

  async #evenings(self: Living, client: DemoClient): Promise<void> {
    const since = addDays(this.#m.today, -client.soberDays);
    await this.#m.keep(
      self,
      'soberStart',
      Math.min(client.admittedDaysAgo, 30),
      { since, earlierEndedOn: null, earlierDays: client.earlierDays ?? 0 },
      false,
    );
    for (const person of client.people ?? [])
      await this.#m.keep(
        self,
        'person',
        Math.min(client.admittedDaysAgo, 30),
        { ...person },
        false,
      );
    for (const [index, evening] of client.evenings.entries()) {
      const daysAgo = index + 1;
      if (!evening) continue;
      const { used = false, urge, mood, halt = [], meeting = false, sponsor = false } = evening;
      const line = evening.line ? { line: evening.line } : {};
      const fields = { used, urge, mood, halt, meeting, sponsorContact: sponsor, ...line };
      const shared = client.shares.includes('checkIn');
      await this.#m.keep(self, 'checkIn', daysAgo, fields, shared);
      if (shared)
        await this.#m.ask(
          self,
          sendCheckIn,
          { id: uuidv7(), ...this.#m.time(daysAgo), ...fields },
          this.#m.back(daysAgo),
        );
      if (urge >= 7 && client.shares.includes('urges'))
        await this.#m.ask(
          self,
          sendUrge,
          {
            id: uuidv7(),
            ...this.#m.time(daysAgo),
            strength: urge,
            passed: true,
            helpedBy: ['person'],
          },
          this.#m.back(daysAgo, 18),
        );
    }
  }

  async #slip(self: Living, daysAgo: number): Promise<void> {
    await this.#m.ask(
      self,
      sendSlip,
      {
        id: uuidv7(),
        ...this.#m.time(daysAgo),
        safe: 'yes',
        helpedBy: [],
        line: 'After the funeral. I called Ray in the morning.',
      },
      this.#m.back(daysAgo - 1, 9),
    );
  }

  async #answerPhq9(self: Living, items: number[], client: DemoClient): Promise<void> {
    const daysAgo = Math.min(client.admittedDaysAgo, 5);
    const answers = Object.fromEntries(items.map((value, index) => [`phq9-${index + 1}`, value]));
    const { onDay } = this.#m.time(daysAgo);
    await this.#m.ask(
      self,
      completeAssessment,
      {
        id: uuidv7(),
        instrument: 'phq-9',
        version: phq9Version,
        language: 'en',
        answers: { ...answers, 'phq9-difficulty': 1 },
        onDay,
        zone,
      },
      this.#m.back(daysAgo, 11),
    );
  }

  /** A course; for Ana a first session with its tasks and meetings, and the second waiting. */
  async #course(maya: Living, self: Living, client: DemoClient, clientId: string): Promise<void> {
    const startedAt = this.#m.back(Math.min(client.admittedDaysAgo, 14), 10);
    const courseId = uuidv7();
    await this.#m.ask(
      maya,
      startCourse,
      { id: courseId, clientId, programmeKey: 'match-tsf' },
      startedAt,
    );
    if (client.key !== 'ana') return;
    const { course } = await this.#m.ask(maya, readCourse, { clientId }, startedAt);
    const [first, second] = course?.topics ?? [];
    if (!first || !second) throw new Error('The programme has no topics.');
    const begun = this.#m.back(7, 10);
    const sessionId = uuidv7();
    const plan = { courseId, kind: 'individual' as const };
    await this.#m.ask(
      maya,
      planSession,
      { id: sessionId, ...plan, topicId: first.id, plannedAt: begun.toISOString() },
      startedAt,
    );
    await this.#m.ask(maya, startSession, { sessionId }, begun);
    await this.#session(maya, self, clientId, sessionId, begun);
    // In two hours; late in the evening, now: it is to be a session of today.
    const soon = new Date(this.#m.now.getTime() + 2 * 3_600_000);
    const next = dayInZone(soon.toISOString(), zone) === this.#m.today ? soon : this.#m.now;
    await this.#m.ask(
      maya,
      planSession,
      { id: uuidv7(), ...plan, topicId: second.id, plannedAt: next.toISOString() },
      begun,
    );
  }

  async #session(
    maya: Living,
    self: Living,
    clientId: string,
    sessionId: string,
    at: Date,
  ): Promise<void> {
    const today = this.#m.time(7).onDay;
    const agreed = [
      {
        kind: 'reading',
        text: 'Read two pages before bed and mark one line.',
        days: 3,
        done: true,
      },
      {
        kind: 'call',
        text: 'Call one person from the list, three times this week.',
        days: 6,
        done: true,
      },
      {
        kind: 'writing',
        text: 'Write down one time it did not go as planned.',
        days: 6,
        done: false,
      },
      {
        kind: 'reading',
        text: 'Read the page on the first Step and bring one question.',
        days: 9,
        done: null,
      },
    ] as const;
    for (const { kind, text, days, done } of agreed) {
      const taskId = uuidv7();
      await this.#m.ask(
        maya,
        agreeTask,
        {
          id: taskId,
          clientId,
          sessionId,
          topicTaskId: null,
          kind,
          text,
          dueOn: addDays(today, days),
          asksAbstinence: false,
        },
        at,
      );
      if (done === null) continue;
      await this.#m.ask(
        self,
        reportTask,
        {
          id: uuidv7(),
          taskId,
          outcome: done ? 'done' : 'notDone',
          why: done ? '' : 'I sat down twice. It was too close.',
          ...this.#m.time(2),
        },
        this.#m.back(2),
      );
    }
    const meetings = [
      {
        name: 'Tuesday Night Beginners',
        daysAgo: 4,
        startsAt: '19:00',
        stirred: 'A woman said my whole year in two minutes.',
        about: ['newcomer'],
      },
      {
        name: 'Sunday Morning Steps',
        daysAgo: 6,
        startsAt: '10:00',
        stirred: 'Too many people. I sat by the door.',
        about: ['step'],
      },
      {
        name: 'Saturday Speaker',
        daysAgo: 1,
        startsAt: '18:30',
        stirred: 'Ray was by the door, as he said.',
        about: ['speaker'],
      },
      { name: 'Tuesday Night Beginners', daysAgo: -3, startsAt: '19:00', stirred: null, about: [] },
      { name: 'Evening Quiet Hour', daysAgo: 0, startsAt: '20:30', stirred: null, about: [] },
    ];
    for (const { name, daysAgo, startsAt, stirred, about } of meetings) {
      const plannedId = uuidv7();
      const { onDay } = this.#m.time(daysAgo);
      await this.#m.ask(
        maya,
        planMeeting,
        {
          id: plannedId,
          clientId,
          sessionId,
          name,
          onDay,
          startsAt,
          zone,
          place: 'Grace Hall, 12 Mill Street',
          fellowship: 'aa',
          types: ['O', 'BE'],
          contactName: 'Ray',
        },
        at,
      );
      if (!stirred) continue;
      const fields = {
        meetingName: name,
        fellowship: 'aa',
        about: [...about],
        stirred,
        spoke: daysAgo === 4,
        numbers: 2,
      };
      await this.#m.ask(
        self,
        sendAttendance,
        { id: uuidv7(), plannedId, ...fields, ...this.#m.time(daysAgo) },
        this.#m.back(daysAgo, 22),
      );
    }
    const { guide } = await this.#m.ask(maya, openSession, { sessionId }, at);
    const prompts = guide.parts.find(({ part }) => part === 'topic')?.prompts ?? [];
    for (const [index, text] of captured.entries()) {
      const prompt = prompts[index];
      if (!prompt) break;
      await this.#m.ask(
        maya,
        saveEntry,
        {
          id: uuidv7(),
          sessionId,
          part: 'topic',
          promptId: prompt.id,
          text,
          covered: true,
          baseRevision: 0,
          writer: uuidv7(),
        },
        at,
      );
    }
    await this.#m.ask(maya, endSession, { sessionId }, new Date(at.getTime() + 85 * 60_000));
  }
}
