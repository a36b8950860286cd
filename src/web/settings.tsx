import { useLingui } from '@lingui/react/macro';
import { KeyRound } from 'lucide-react';
import { chooseTheme, useTheme } from '../ui/appearance.ts';
import { ChoiceGroup } from '../ui/choice-group.tsx';
import { keepLanguage, speak, useLanguage } from '../ui/language.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { useSession } from '../ui/session.ts';

/** How this device shows the app: language and light. Other settings belong to their features. */
export function Settings() {
  const { t } = useLingui();
  const theme = useTheme();
  const language = useLanguage();
  const session = useSession();
  const shell = document.documentElement.classList.contains('workspace') ? 'work' : 'me';
  return (
    <div className="stack loose">
      <h1>{t`Settings`}</h1>
      <ChoiceGroup
        legend={t`Language`}
        columns
        value={language}
        onChange={(chosen) => {
          keepLanguage(chosen);
          void speak(chosen);
        }}
        options={[
          { value: 'en', label: <span lang="en">English</span> },
          { value: 'es', label: <span lang="es">Español</span> },
        ]}
      />
      <ChoiceGroup
        legend={t`Colours`}
        columns
        value={theme}
        onChange={chooseTheme}
        options={[
          { value: 'system', label: t`As this device` },
          { value: 'light', label: t`Light` },
          { value: 'dark', label: t`Dark` },
        ]}
      />
      {session && (
        <div>
          <LinkButton
            to={`/${shell}/settings/keys`}
            icon={<KeyRound size={18} aria-hidden="true" />}
          >
            {t`Keys and devices`}
          </LinkButton>
        </div>
      )}
    </div>
  );
}
