import { Trans } from '@lingui/react/macro';
import style from './account.module.css';
import { Register } from './register.part.tsx';
import { useGoOn } from './sign-in.tsx';

/** An account without any programme: the companion alone. */
export function NewAccount() {
  const goOn = useGoOn();
  return (
    <div className={`stack loose ${style.narrow}`}>
      <div className="stack tight">
        <h1>
          <Trans>Your own place</Trans>
        </h1>
        <p className="soft">
          <Trans>
            No real name, no e-mail, no telephone number. What you write for yourself is sealed on
            this device before it goes anywhere.
          </Trans>
        </p>
      </div>
      <Register offline onDone={() => void goOn()} />
    </div>
  );
}
