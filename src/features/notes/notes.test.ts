import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv4, uuidv7 } from '../../kit/id.ts';
import { endSession, saveEntry, startSession } from '../sessions/contract.ts';
import { type CourseHouse, courseHouse, writing } from '../sessions/course.test-data.ts';
import { addAddendum, readNote, saveNote, signNote } from './contract.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let house: CourseHouse['house'];
let programme: CourseHouse['programme'];
let therapist: CourseHouse['therapist'];
let supervisor: CourseHouse['supervisor'];
let freshSession: CourseHouse['freshSession'];

beforeAll(async () => {
  ({ house, programme, therapist, supervisor, freshSession } = await courseHouse());
});
afterAll(() => house.close());

describe('the note', () => {
  let sessionId: string;
  const text = 'Session 2. He took with him that stopping is easier than counting.';
  const save = (more: object = {}) => ({
    id: uuidv7(),
    sessionId,
    text,
    sources: [{ sentence: 'Session 2.', kind: 'session' as const, ref: null }],
    baseRevision: 0,
    writer: uuidv4(),
    mergedCopyIds: [],
    ...more,
  });

  it('keeps both texts of two tabs, and is not signed before they are together', async () => {
    sessionId = await freshSession();
    await therapist.get(startSession, { sessionId });
    await therapist.get(endSession, { sessionId });
    expect((await therapist.get(readNote, { sessionId })).note).toBeNull();
    const first = await therapist.get(saveNote, save());
    const second = await therapist.get(saveNote, save({ text: 'Another tab.' }));
    expect(second).toMatchObject({ outcome: 'both', note: { text } });
    const sign = (hash: string) => therapist.ask(signNote, { sessionId, sha256: hash });
    expect((await sign(sha256(text))).body.refusal).toBe('putTogetherFirst');
    await therapist.get(
      saveNote,
      save({
        baseRevision: first.note.revision,
        mergedCopyIds: second.note.copies.map((each) => each.id),
      }),
    );
    expect((await sign(sha256('something else'))).body.refusal).toBe('textHasChanged');
    expect((await sign(sha256(text))).body.note).toMatchObject({
      status: 'signed',
      signedBy: 'Dr. Ruiz',
      sha256: sha256(text),
    });
  });

  it('once signed takes only addenda', async () => {
    expect((await therapist.ask(saveNote, save())).body.refusal).toBe('signed');
    const more = { id: uuidv7(), sessionId, text: 'He rang a member that evening.' };
    const { note } = await supervisor.get(addAddendum, more);
    expect(note.text).toBe(text);
    expect(note.addenda).toMatchObject([
      { text: more.text, by: 'Dr. Lane', sha256: sha256(more.text) },
    ]);
    const entry = await therapist.ask(saveEntry, writing(sessionId, 'Later', 0, uuidv4()));
    expect(entry.body.refusal).toBe('signed');
  });

  it('cannot be changed by the server’s own role, nor by the owner of the table', async () => {
    const change = "UPDATE note SET text = 'forged'";
    await expect(house.admin(change)).rejects.toThrow('never changes');
    const asStaff = house.database.transaction(
      (tx) =>
        tx.query(`SELECT app.set_context($1, $2, NULL, 'therapist')`, [
          programme,
          therapist.accountId,
        ]),
      (tx) => tx.query(change),
    );
    await expect(asStaff).rejects.toThrow('never changes');
    for (const statement of [
      'DELETE FROM note',
      'DELETE FROM note_addendum',
      "UPDATE note_addendum SET text = ''",
    ]) {
      const attempt = house.database.transaction(
        (tx) =>
          tx.query(`SELECT app.set_context($1, $2, NULL, 'therapist')`, [
            programme,
            therapist.accountId,
          ]),
        (tx) => tx.query(statement),
      );
      await expect(attempt).rejects.toThrow('permission denied');
    }
  });

  it('would be found out without its trigger (planted fault)', async () => {
    await house.admin('ALTER TABLE note DISABLE TRIGGER keep_signed');
    try {
      // The hash still stands beside the text, so a silent change does not even then pass.
      await expect(
        house.admin("UPDATE note SET text = 'forged' WHERE status = 'signed'"),
      ).rejects.toThrow('check constraint');
    } finally {
      await house.admin('ALTER TABLE note ENABLE TRIGGER keep_signed');
    }
  });
});

describe('removing a programme', () => {
  it('takes signed notes and everything else with it', async () => {
    await house.admin('DELETE FROM programme WHERE id = $1', [programme]);
    for (const table of [
      'note',
      'note_addendum',
      'session_entry',
      'course',
      'course_content',
      'task',
    ])
      expect(
        await house.admin(`SELECT FROM ${table} WHERE programme_id = $1`, [programme]),
      ).toEqual([]);
  });
});
