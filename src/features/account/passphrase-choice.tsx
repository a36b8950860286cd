import { Trans, useLingui } from '@lingui/react/macro';
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Language, useLanguage } from '../../ui/language.tsx';
import { TextField } from '../../ui/text-field.tsx';
import style from './account.module.css';
import { securePick } from './entry-tools.web.ts';
import {
  estimateBits,
  normalisePassphrase,
  proposePassphrase,
  type Strength,
  strengthOf,
} from './passphrase.rules.ts';

// The lists are 60 and 14 kB: fetched while somebody reads the page, never before.
const wordsOf: Record<Language, () => Promise<readonly string[]>> = {
  en: async () => (await import('./words.english.web.ts')).englishWords,
  es: async () => (await import('./words.spanish.web.ts')).spanishWords,
};

function useWords() {
  const language = useLanguage();
  const [words, setWords] = useState<{ own: readonly string[]; all: ReadonlySet<string> }>();
  useEffect(() => {
    let isHere = true;
    void Promise.all([wordsOf.en(), wordsOf.es()]).then(([english, spanish]) => {
      const own = language === 'es' ? spanish : english;
      const all = new Set([...english, ...spanish].map(normalisePassphrase));
      if (isHere) setWords({ own, all });
    });
    return () => {
      isHere = false;
    };
  }, [language]);
  return words;
}

function StrengthLine({ strength }: { strength: Strength }) {
  const words = {
    tooWeak: (
      <Trans>
        Too easy to guess for somebody with the server in their hands. Add words that do not belong
        together.
      </Trans>
    ),
    enough: <Trans>Enough.</Trans>,
    strong: <Trans>Strong.</Trans>,
  };
  return (
    <p className="small soft" role="status">
      {words[strength]}
    </p>
  );
}

/**
 * A passphrase: proposed words to write down, or own ones that are strong enough. Calls `onChange`
 * with '' while there is none that may be used.
 */
export function PassphraseChoice({ onChange }: { onChange: (passphrase: string) => void }) {
  const { t } = useLingui();
  const words = useWords();
  const [proposed, setProposed] = useState('');
  const [own, setOwn] = useState<string | null>(null);
  const propose = () => {
    if (!words) return;
    const next = proposePassphrase(words.own, securePick);
    setProposed(next);
    setOwn(null);
    onChange(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new proposal with new words only
  useEffect(propose, [words]);
  const strength = words && own !== null ? strengthOf(estimateBits(own, words.all)) : null;
  const type = (typed: string) => {
    setOwn(typed);
    const fits = words && strengthOf(estimateBits(typed, words.all)) !== 'tooWeak';
    onChange(fits ? typed : '');
  };
  if (own !== null) {
    return (
      <div className="stack tight">
        <TextField
          sealed
          label={t`Own passphrase`}
          hint={t`Five or more words that do not belong together. Capitals and accents do not matter.`}
          value={own}
          onChange={type}
        />
        {strength && own !== '' && <StrengthLine strength={strength} />}
        <div>
          <Button look="plain" onClick={propose}>
            <Trans>Propose one for me</Trans>
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="stack tight">
      <p className="eyebrow">
        <Trans>Your passphrase</Trans>
      </p>
      <p className={style.secret} translate="no" aria-live="polite">
        {proposed || '…'}
      </p>
      <p className="small soft">
        <Trans>
          Write it down and keep it where only you look. Nobody can send it to you again.
        </Trans>
      </p>
      <div className="row">
        <Button look="plain" icon={<RefreshCw size={18} aria-hidden="true" />} onClick={propose}>
          <Trans>Other words</Trans>
        </Button>
        <Button look="plain" onClick={() => type('')}>
          <Trans>My own words</Trans>
        </Button>
      </div>
    </div>
  );
}
