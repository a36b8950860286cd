import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { List, MapPinned, SlidersHorizontal } from 'lucide-react';
import { lazy, memo, Suspense, useCallback, useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { PillGroup } from '../../ui/pill-group.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { say } from '../../ui/toast.tsx';
import type { FoundLists } from './directory.web.ts';
import style from './find.module.css';
import type { Address } from './find-address.web.ts';
import { choicesIn, plainFilter } from './find-filter.rules.ts';
import type { ListsNow } from './find-messages.rules.ts';
import { useWhenWords } from './find-words.tsx';
import { useWhere } from './use-where.web.ts';

const FindSheet = lazy(async () => ({ default: (await import('./find-filter.tsx')).FindSheet }));

// Each part is drawn again only when what it shows has changed: a letter that is typed draws the
// field it stands in, and no more.

/** How many there are, said aloud once the typing pauses. */
const Count = memo(function Count({ count }: { count: number }) {
  const [said, setSaid] = useState(count);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(count), 700);
    return () => clearTimeout(timer);
  }, [count]);
  return (
    <>
      <p className="soft" aria-hidden="true">
        <Plural value={count} _0="No meeting" one="# meeting" other="# meetings" />
      </p>
      <p role="status" className="only-read-aloud">
        <Plural value={said} _0="No meeting" one="# meeting" other="# meetings" />
      </p>
    </>
  );
});

const quick = ['now', 'soon', 'tonight', 'any'];

/** The time in one tap. */
const When = memo(function When({
  when,
  setFilter,
}: { when: string } & Pick<Address, 'setFilter'>) {
  const { t } = useLingui();
  const whenWords = useWhenWords();
  const whens = quick.includes(when) ? quick : [when, ...quick];
  return (
    <div className={style.chips}>
      <PillGroup
        legend={<span className="only-read-aloud">{t`When`}</span>}
        value={when}
        onChange={(chosen) => setFilter((filter) => ({ ...filter, when: chosen }))}
        options={whens.map((one) => ({ value: one, label: whenWords(one) }))}
      />
    </div>
  );
});

const FilterButton = memo(function FilterButton(props: { choices: number; onClick: () => void }) {
  const { t } = useLingui();
  const { choices, onClick } = props;
  return (
    <Button icon={<SlidersHorizontal size={18} aria-hidden="true" />} onClick={onClick}>
      {choices > 0 ? t`Filter (${choices})` : t`Filter`}
    </Button>
  );
});

const ViewButton = memo(function ViewButton({
  isMap,
  setLook,
}: { isMap: boolean } & Pick<Address, 'setLook'>) {
  const Icon = isMap ? List : MapPinned;
  return (
    <Button
      size="small"
      look="plain"
      icon={<Icon size={18} aria-hidden="true" />}
      onClick={() => setLook((look) => ({ ...look, view: isMap ? 'list' : 'map' }))}
    >
      {isMap ? <Trans>List only</Trans> : <Trans>Map</Trans>}
    </Button>
  );
});

type Props = Address & {
  lists: ListsNow;
  found: FoundLists | null;
  /** Of this device. */
  zone: string;
  /** A letter was typed or taken away: all words as they stand now. */
  onType: (words: string) => void;
};

/** What is looked for: the time in one tap, words, and the sheet with all else. */
export function Controls(props: Props) {
  const { lists, filter, setFilter, found, look, setLook, zone, onType } = props;
  const { t } = useLingui();
  const where = useWhere();
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  const isAbroad = found?.rows.flat().some(({ meeting }) => meeting.timeZone !== zone) ?? false;
  const clear = () => {
    const before = filter;
    setFilter({ ...plainFilter, text: filter.text });
    say(<Trans>All choices are taken away.</Trans>, {
      label: <Trans>Undo</Trans>,
      run: () => setFilter(before),
    });
  };
  return (
    <div className="stack tight">
      <When when={filter.when} setFilter={setFilter} />
      <div className={style.search}>
        <TextField
          label={t`Search by name`}
          hideLabel
          placeholder={t`Name, group or street`}
          type="search"
          sealed
          value={filter.text}
          onChange={onType}
        />
        <FilterButton choices={choicesIn(filter)} onClick={open} />
      </div>
      <div className="row apart">
        {found ? (
          <Count count={found.counts.near + found.counts.anywhere} />
        ) : (
          <p className="soft">
            <Trans>Looking</Trans>
          </p>
        )}
        <ViewButton isMap={look.view === 'map'} setLook={setLook} />
      </div>
      {isAbroad && (
        <Switch
          label={t`Times on my own clock`}
          detail={t`Some of these meetings are in another time zone.`}
          isOn={look.clock === 'here'}
          onChange={(isOn) => setLook({ ...look, clock: isOn ? 'here' : 'there' })}
        />
      )}
      {isOpen && (
        <Suspense>
          <FindSheet
            offer={lists.offer}
            filter={filter}
            hasPlace={where !== null}
            onChange={setFilter}
            onClear={clear}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
