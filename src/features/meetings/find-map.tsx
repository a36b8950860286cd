import type { FoundLists } from './directory.web.ts';
import type { RowSetting } from './find-row.tsx';
import type { Position } from './meeting.rules.ts';

type Props = { found: FoundLists; centre: Position | null; setting: RowSetting };

/** What was found, on a map. */
export function FindMap({ found }: Props) {
  return <p>{found.counts.near}</p>;
}
