type Policy = { createScriptURL: (url: string) => string };
type Factory = {
  createPolicy: (name: string, rules: Policy) => Policy;
};

function ownScript(url: string): string {
  const { origin, pathname } = new URL(url, location.href);
  const isOurs = origin === location.origin && /^\/(assets\/|service-worker\.js$)/.test(pathname);
  if (!isOurs) throw new TypeError(`Not a script of ours: ${pathname}`);
  return url;
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy('stepwell', { createScriptURL: ownScript });

/**
 * The address of a worker or service worker of our own, in the form that the page's policy
 * (`trusted-types stepwell`) asks for. Throws TypeError for any other address.
 *
 * @example new Worker(scriptUrl(new URL('./x.worker.ts', import.meta.url).href), { type: 'module' })
 */
export function scriptUrl(url: string): string {
  return policy ? policy.createScriptURL(url) : ownScript(url);
}
