import '../ui/fonts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import './page.css';
import { quickExit, watchForExit } from '../ui/quick-exit.ts';

// The server's own pages work without this; it adds leaving at once and the phone's position.
watchForExit();
for (const button of document.querySelectorAll('[data-exit]')) {
  button.addEventListener('click', (event) => {
    event.preventDefault();
    quickExit();
  });
}
