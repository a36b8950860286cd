import { OPAQUE_STRETCHING } from '../kit/sealed-keys.ts';

/** The client's half of OPAQUE. Each step costs up to a second of a phone's time. */
export interface OpaqueClient {
  startRegistration(passphrase: string): Promise<{ state: string; request: string }>;
  finishRegistration(
    passphrase: string,
    state: string,
    response: string,
  ): Promise<{ record: string; exportKey: string }>;
  startLogin(passphrase: string): Promise<{ state: string; request: string }>;
  /** null: the passphrase is wrong, or the account unknown; nobody can tell which. */
  finishLogin(
    passphrase: string,
    state: string,
    response: string,
  ): Promise<{ request: string; exportKey: string } | null>;
}

type Library = Pick<typeof import('@serenity-kit/opaque'), 'client' | 'ready'>;

/** OPAQUE on the library itself: inside the worker, and in tests. The stretching is ours to name, never the server's. */
export function opaqueOn({ client, ready }: Library): OpaqueClient {
  const keyStretching = OPAQUE_STRETCHING;
  return {
    async startRegistration(password) {
      await ready;
      const { clientRegistrationState, registrationRequest } = client.startRegistration({
        password,
      });
      return { state: clientRegistrationState, request: registrationRequest };
    },
    async finishRegistration(password, clientRegistrationState, registrationResponse) {
      const made = client.finishRegistration({
        password,
        clientRegistrationState,
        registrationResponse,
        keyStretching,
      });
      return { record: made.registrationRecord, exportKey: made.exportKey };
    },
    async startLogin(password) {
      await ready;
      const { clientLoginState, startLoginRequest } = client.startLogin({ password });
      return { state: clientLoginState, request: startLoginRequest };
    },
    async finishLogin(password, clientLoginState, loginResponse) {
      const done = client.finishLogin({
        password,
        clientLoginState,
        loginResponse,
        keyStretching,
      });
      return done ? { request: done.finishLoginRequest, exportKey: done.exportKey } : null;
    },
  };
}
