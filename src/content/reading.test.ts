import { expect, test } from 'vitest';
import { instrumentIds, loadInstrument } from './instruments.ts';
import { loadMatchTsf } from './programmes.ts';
import { instrumentPage, programmePage, topicPage } from './reading.ts';

// `vitest run src/content/reading.test.ts -u` writes the pages anew after the data has changed.
test.each(instrumentIds)('the page of %s says what the data says', async (id) => {
  await expect(instrumentPage(await loadInstrument(id))).toMatchFileSnapshot(`./reading/${id}.md`);
});

test('the pages of the programme say what the data says', async () => {
  const programme = await loadMatchTsf();
  await expect(programmePage(programme)).toMatchFileSnapshot('./reading/match-tsf.md');
  for (const topic of programme.topics) {
    const number = String(topic.number).padStart(2, '0');
    await expect(topicPage(topic)).toMatchFileSnapshot(
      `./reading/match-tsf-${number}-${topic.id}.md`,
    );
  }
});
