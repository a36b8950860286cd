import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { closePalette, openPalette, paletteState, useCommands } from '../ui/commands.ts';

const CommandPalette = lazy(async () => ({
  default: (await import('../ui/command-palette.tsx')).CommandPalette,
}));

/** Ctrl-K (or Cmd-K) anywhere in the workspace; screens add their own commands to it. */
export function WorkspacePalette({ places }: { places: readonly { to: string; label: string }[] }) {
  const navigate = useNavigate();
  const { isOpen } = useSyncExternalStore(paletteState.subscribe, paletteState.read);
  useCommands(places.map(({ to, label }) => ({ id: to, label, run: () => void navigate({ to }) })));
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      openPalette();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <CommandPalette onClose={closePalette} />
    </Suspense>
  );
}
