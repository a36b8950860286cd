import { createContext, useContext } from 'react';
import type { Role } from '../kit/operation.ts';

type Membership = {
  programmeId: string;
  membershipId: string;
  role: Role;
  displayName: string;
  clientId: string | null;
  programmeName: string;
  /** IANA zone of the programme. */
  timeZone: string;
  /** ISO 3166, two small letters. */
  country: string;
  demo: boolean;
};

/** Who is signed in on this device. */
export type Session = {
  id: string;
  membership: Membership | null;
  memberships: readonly Membership[];
  recoveryConfirmedAt: string | null;
  secondFactor: 'notNeeded' | 'done' | 'needed' | 'setUp';
  locked: boolean;
};

/** `undefined`: not known (yet, or without a network); `null`: nobody is signed in. */
export const SessionContext = createContext<Session | null | undefined>(undefined);

/**
 * Who is signed in: a session, `null` for nobody, `undefined` while it is not known. Screens that
 * work offline must not wait for it.
 */
export function useSession(): Session | null | undefined {
  return useContext(SessionContext);
}
