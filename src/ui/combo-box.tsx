import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ComboBox as Box } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import style from './combo-box.module.css';
import field from './field.module.css';

export type Found = { id: string; label: string; detail?: string };

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  /** Takes the place of what somebody was writing in. */
  autoFocus?: boolean;
  /** What is written in the field. */
  text: string;
  onText: (text: string) => void;
  /** What fits what is written, best first; the caller searches. */
  found: readonly Found[];
  onChoose: (id: string) => void;
};

/** One of many by typing: places, meetings, people of the programme. */
export function ComboBox(props: Props) {
  const { label, hint, autoFocus = false, text, onText, found, onChoose } = props;
  return (
    <Box
      className={field.field ?? ''}
      autoFocus={autoFocus}
      inputValue={text}
      onInputChange={onText}
      items={found}
      allowsCustomValue
      allowsEmptyCollection
      menuTrigger="input"
      onSelectionChange={(key) => key !== null && onChoose(String(key))}
    >
      <Label className={field.label ?? ''}>{label}</Label>
      {hint && (
        <Text slot="description" className={field.hint ?? ''}>
          {hint}
        </Text>
      )}
      <Input className={field.control ?? ''} />
      <Popover className={style.popover ?? ''} offset={6}>
        <ListBox
          className={style.list ?? ''}
          renderEmptyState={() => (
            <p className={style.none}>
              <Trans>Nothing found yet. Write on.</Trans>
            </p>
          )}
        >
          {(item: Found) => (
            <ListBoxItem id={item.id} textValue={item.label} className={style.item ?? ''}>
              <Text slot="label">{item.label}</Text>
              {item.detail && (
                <Text slot="description" className={style.detail ?? ''}>
                  {item.detail}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Box>
  );
}
