import { useNavigate, useSearch } from '@tanstack/react-router';
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react';
import { type FindFilter, filterFrom, paramsOf } from './find-filter.rules.ts';
import type { ShownClock } from './meeting-words.tsx';

/** How the list is looked at; in the address beside the choices. */
interface Look {
  view: 'list' | 'map';
  clock: ShownClock;
}

const ours = ['when', 'after', 'before', 'how', 'who', 'kind', 'km', 'nearest', 'words', 'order'];

function lookFrom(given: Readonly<Record<string, unknown>>): Look {
  return {
    view: given.view === 'map' ? 'map' : 'list',
    clock: given.clock === 'there' || given.clock === 'here' ? given.clock : 'usual',
  };
}

function addressFor(filter: FindFilter, look: Look): Record<string, string> {
  const params: Record<string, string> = paramsOf(filter);
  if (look.view === 'map') params.view = 'map';
  if (look.clock !== 'usual') params.clock = look.clock;
  return params;
}

/** While somebody types, the address follows after this many ms. */
const pause = 600;

export interface Address {
  filter: FindFilter;
  setFilter: Dispatch<SetStateAction<FindFilter>>;
  look: Look;
  setLook: Dispatch<SetStateAction<Look>>;
}

/**
 * What was chosen, as it stands in the address: it can be kept, shared and come back to. Where
 * somebody is, is not in it.
 */
export function useAddress(): Address {
  const given = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const [filter, setFilter] = useState(() => filterFrom(given));
  const [look, setLook] = useState(() => lookFrom(given));
  const wanted = JSON.stringify(addressFor(filter, look));
  const written = useRef(wanted);
  useEffect(() => {
    if (wanted === written.current) return;
    const timer = setTimeout(() => {
      written.current = wanted;
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => {
          const others = Object.entries(before).filter(
            ([name]) => ![...ours, 'view', 'clock'].includes(name),
          );
          return { ...Object.fromEntries(others), ...JSON.parse(wanted) };
        },
        replace: true,
        resetScroll: false,
      });
    }, pause);
    return () => clearTimeout(timer);
  }, [wanted, navigate]);
  return { filter, setFilter, look, setLook };
}
