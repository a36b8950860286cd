import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState, useSyncExternalStore } from 'react';
import style from './command-palette.module.css';
import { type Command, matching, paletteState } from './commands.ts';
import { Dialog } from './dialog.tsx';
import field from './field.module.css';

/** Type a few letters, press Enter: goes anywhere and does most things. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const id = useId();
  const { commands } = useSyncExternalStore(paletteState.subscribe, paletteState.read);
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const found = matching(commands, search).slice(0, 12);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const press = (key: string): boolean => {
    if (key === 'ArrowDown') setAt((at + 1) % Math.max(1, found.length));
    else if (key === 'ArrowUp') setAt((at - 1 + found.length) % Math.max(1, found.length));
    else if (key === 'Enter') run(found[at]);
    else return false;
    return true;
  };
  return (
    <Dialog title={<Trans>Go to</Trans>} isOpen onClose={onClose}>
      <input
        data-first
        className={field.control}
        role="combobox"
        aria-label={t`Search for a place or an action`}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => press(event.key) && event.preventDefault()}
      />
      <div id={id} role="listbox" aria-label={t`Found`} className={style.list}>
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard acts in the search field
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={style.option}
            onClick={() => run(command)}
            onPointerMove={() => setAt(index)}
          >
            {command.label}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className="soft">
          <Trans>Nothing by that name.</Trans>
        </p>
      )}
    </Dialog>
  );
}
