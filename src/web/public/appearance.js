// Runs before the first paint, so that a chosen theme or language does not flash.
(() => {
  try {
    const root = document.documentElement;
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    const language = localStorage.getItem('language');
    if (language === 'en' || language === 'es') root.lang = language;
  } catch {
    // Storage may be closed to us; the system's own choice stands.
  }
})();
