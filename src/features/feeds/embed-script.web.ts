// The whole script for a page of somebody else: it stands where it is put, and nothing else is touched.
// It is sent as it is written here, so nothing in it may be TypeScript alone.
const here = document.currentScript;
if (here instanceof HTMLScriptElement) {
  const house = new URL(here.src).origin;
  const wanted = new URLSearchParams();
  const style = getComputedStyle(here.parentElement ?? document.body);
  for (const name of ['fellowship', 'region', 'entity', 'lang', 'scheme', 'radius']) {
    const value = here.dataset[name];
    if (value) wanted.set(name, value);
  }
  for (const name of ['accent', 'ink', 'paper', 'line']) {
    // By attribute, or by a variable of the page's own style sheet.
    const value = here.dataset[name] ?? style.getPropertyValue(`--stepwell-${name}`).trim();
    if (value) wanted.set(name, value);
  }
  if (!wanted.has('lang') && document.documentElement.lang)
    wanted.set('lang', document.documentElement.lang);
  // Dark only on a page that is dark by night itself.
  const isDarkByNight = /dark/.test(getComputedStyle(document.documentElement).colorScheme);
  if (!wanted.has('scheme')) wanted.set('scheme', isDarkByNight ? 'auto' : 'light');
  const frame = document.createElement('iframe');
  frame.src = `${house}/embed/finder?${wanted}`;
  frame.title = here.dataset.title ?? 'Meetings';
  frame.referrerPolicy = 'no-referrer';
  frame.style.cssText = 'display:block;width:100%;height:40rem;border:0';
  addEventListener('message', ({ origin, source, data }) => {
    const height = data?.stepwellHeight;
    if (origin !== house || source !== frame.contentWindow) return;
    if (typeof height === 'number' && height > 0 && height < 100_000)
      frame.style.height = `${Math.ceil(height)}px`;
  });
  here.after(frame);
}
