import { Trans } from '@lingui/react/macro';
import { Copy, MapPinned, Phone, Video } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { mapAddress } from '../../ui/map-address.ts';
import { say } from '../../ui/toast.tsx';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { useAttendanceWords } from './meeting-words.tsx';

async function copyAddress(address: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(address);
    say(<Trans>The address is copied.</Trans>);
  } catch {
    say(<Trans>This browser does not let us copy. Mark the address and copy it.</Trans>);
  }
}

function Ways({ meeting, goes }: { meeting: Meeting; goes: boolean }) {
  const { place, link, phone } = meeting;
  return (
    <div className="row not-printed">
      {goes && place.position && (
        <LinkButton
          outside
          to={mapAddress(place.position)}
          icon={<MapPinned size={18} aria-hidden="true" />}
        >
          <Trans>Directions</Trans>
        </LinkButton>
      )}
      {goes && place.address && (
        <Button
          look="plain"
          icon={<Copy size={18} aria-hidden="true" />}
          onClick={() => void copyAddress(place.address)}
        >
          <Trans>Copy the address</Trans>
        </Button>
      )}
      {link && (
        <LinkButton outside to={link} icon={<Video size={18} aria-hidden="true" />}>
          <Trans>Open the online room</Trans>
        </LinkButton>
      )}
      {phone && (
        <LinkButton outside to={`tel:${phone}`} icon={<Phone size={18} aria-hidden="true" />}>
          <Trans>Call in</Trans>
        </LinkButton>
      )}
    </div>
  );
}

/** Where a meeting is and how one takes part. */
export function Where({ meeting }: { meeting: Meeting }) {
  const attendance = useAttendanceWords();
  const { place, link } = meeting;
  const goes = meeting.attendance === 'in-person' || meeting.attendance === 'hybrid';
  const host = link ? new URL(link).hostname : '';
  return (
    <>
      {meeting.attendance !== 'in-person' && <p>{attendance(meeting.attendance)}</p>}
      {meeting.attendance === 'by-request' && (
        <p>
          <Trans>
            The link is not public. Ask the group for it; that is usual, and they answer.
          </Trans>
        </p>
      )}
      {goes && (
        <p>
          {place.name && <strong>{place.name}</strong>}
          {place.name && <br />}
          {place.address}
        </p>
      )}
      {goes && place.approximate && (
        <p className="soft small">
          <Trans>The list does not say exactly where: the place on the map is near it.</Trans>
        </p>
      )}
      {place.notes && <p className="soft">{place.notes}</p>}
      <Ways meeting={meeting} goes={goes} />
      {link && !meeting.linkHostKnown && (
        <p className="soft small">
          <Trans>The link goes to {host}, which we do not know. Look before you go on.</Trans>
        </p>
      )}
      {(meeting.linkNotes || meeting.phoneNotes) && (
        <p className="small">{[meeting.linkNotes, meeting.phoneNotes].filter(Boolean).join(' ')}</p>
      )}
    </>
  );
}
