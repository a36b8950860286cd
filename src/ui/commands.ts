import { useEffect, useRef } from 'react';

/** Something the palette can do. `keys` are further words it is found by. */
export type Command = { id: string; label: string; keys?: string; run: () => void };

type Palette = { isOpen: boolean; commands: readonly Command[] };

let state: Palette = { isOpen: false, commands: [] };
const sources = new Map<object, readonly Command[]>();
const listeners = new Set<() => void>();

function update(change: Partial<Palette>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

/** Whether the palette is open and what it offers. */
export const paletteState = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  read: () => state,
};

export function openPalette(): void {
  update({ isOpen: true });
}

export function closePalette(): void {
  update({ isOpen: false });
}

/**
 * Offers commands in the palette while this component is on the screen.
 *
 * @example useCommands([{ id: 'note.sign', label: t`Sign this note`, run: sign }])
 */
export function useCommands(commands: readonly Command[]): void {
  const source = useRef({});
  const latest = useRef(commands);
  latest.current = commands;
  const names = commands.map((command) => `${command.id} ${command.label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: names say whether the list changed
  useEffect(() => {
    const key = source.current;
    const current = latest.current.map((command, index) => ({
      ...command,
      run: () => latest.current[index]?.run(),
    }));
    sources.set(key, current);
    update({ commands: [...sources.values()].flat() });
    return () => {
      sources.delete(key);
      update({ commands: [...sources.values()].flat() });
    };
  }, [names]);
}

/** Letters without accents or case, so that "sesion" finds "Sesión". */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The commands whose label or keys hold every word of the search, in the order offered. */
export function matching(commands: readonly Command[], search: string): Command[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const text = plain(`${command.label} ${command.keys ?? ''}`);
    return words.every((word) => text.includes(word));
  });
}
