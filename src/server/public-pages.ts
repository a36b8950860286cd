import { crisisPage } from '../features/crisis/crisis.server.ts';
import { frontPage } from '../features/front/front.server.ts';
import { finderPage } from '../features/meetings/finder.server.ts';
import { firstMeetingPage } from '../features/meetings/first-meeting.server.ts';
import { listingPage } from '../features/meetings/listing-page.server.ts';
import type { Page } from './pages.ts';

/** Pages that are whole without JavaScript: features render, the server frames. */
export const pages: readonly Page[] = [
  frontPage,
  crisisPage,
  finderPage,
  listingPage,
  firstMeetingPage,
];
