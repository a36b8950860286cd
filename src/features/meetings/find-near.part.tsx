import { useLanguage } from '../../ui/language.tsx';
import { Tonight } from './find.tsx';

/** Tonight's meetings for a visitor who would rather not say where they are. */
export function FindNear() {
  const language = useLanguage();
  return <Tonight onOpen={(id) => location.assign(`/meetings/${id}?lang=${language}`)} />;
}
