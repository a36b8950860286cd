import { stillRightPage } from '../features/confirmations/still-right-page.server.ts';
import { wrongPage } from '../features/confirmations/wrong-page.server.ts';
import { crisisPage } from '../features/crisis/crisis.server.ts';
import { finderPage } from '../features/finder/finder.server.ts';
import { firstMeetingPage } from '../features/finder/first-meeting.server.ts';
import { listingPage } from '../features/finder/listing-page.server.ts';
import { printPage } from '../features/finder/print-page.server.ts';
import { weekPage } from '../features/finder/week-page.server.ts';
import { frontPage } from '../features/front/front.server.ts';
import type { Alternate, Page } from './pages.ts';

// The title is how programs that read Meeting Guide lists find it.
const alternates: readonly Alternate[] = [
  { type: 'application/json', title: 'Meetings Feed', path: '/feeds/meeting-guide.json' },
];

/** Pages that are whole without JavaScript: features render, the server frames. */
export const pages: readonly Page[] = [
  { ...frontPage, alternates },
  crisisPage,
  { ...finderPage, alternates },
  weekPage,
  printPage,
  listingPage,
  firstMeetingPage,
  wrongPage,
  stillRightPage,
];
