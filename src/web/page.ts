import '../ui/fonts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import './page.css';
import '../features/crisis/crisis.css';
import './finder.css';
import { mapAddress } from '../ui/map-address.ts';
import { quickExit, watchForExit } from '../ui/quick-exit.ts';

// The server's own pages work without this; it adds leaving at once, going back to where one was,
// the phone's position, its own map, and the truth about the network.
watchForExit();
for (const link of document.querySelectorAll('[data-exit]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    quickExit();
  });
}
if ('geolocation' in navigator) {
  for (const offer of document.querySelectorAll<HTMLElement>('[data-position]')) {
    offer.hidden = false;
  }
}

for (const link of document.querySelectorAll('[data-back]')) {
  link.addEventListener('click', (event) => {
    if (history.length < 2) return;
    event.preventDefault();
    history.back();
  });
}

if ('share' in navigator) {
  for (const offer of document.querySelectorAll<HTMLElement>('[data-share]')) {
    offer.hidden = false;
    offer.querySelector('button')?.addEventListener('click', () => {
      // Closing the sheet of the phone is no fault.
      navigator.share({ title: document.title, url: location.href }).catch(() => {});
    });
  }
}

// Without this an iPhone says that it cannot open the address.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-map]')) {
  link.href = mapAddress({ lat: Number(link.dataset.lat), lng: Number(link.dataset.lng) });
}

for (const offer of document.querySelectorAll<HTMLElement>('[data-print]')) {
  offer.hidden = false;
  offer.querySelector('button')?.addEventListener('click', () => print());
}

function tellNetwork(): void {
  for (const line of document.querySelectorAll<HTMLElement>('[data-online], [data-offline]')) {
    line.hidden = 'online' in line.dataset !== navigator.onLine;
  }
}
addEventListener('online', tellNetwork);
addEventListener('offline', tellNetwork);
tellNetwork();
