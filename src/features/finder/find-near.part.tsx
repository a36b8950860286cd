import { useMemo } from 'react';
import { useLanguage } from '../../ui/language.tsx';
import { Finder } from './find.tsx';

/** The meetings for a visitor who would rather not say where they are. Nothing is kept here. */
export function FindNear() {
  const language = useLanguage();
  const doors = useMemo(() => {
    const addressOf = (id: string) => `/meetings/${id}?lang=${language}`;
    return { addressOf, onOpen: (id: string) => location.assign(addressOf(id)) };
  }, [language]);
  return <Finder doors={doors} keep={false} />;
}
