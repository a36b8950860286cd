import { useLanguage } from '../../ui/language.tsx';
import { Finder } from './find.tsx';

/** The meetings for a visitor who would rather not say where they are. Nothing is kept here. */
export function FindNear() {
  const language = useLanguage();
  const addressOf = (id: string) => `/meetings/${id}?lang=${language}`;
  return (
    <Finder doors={{ addressOf, onOpen: (id) => location.assign(addressOf(id)) }} keep={false} />
  );
}
