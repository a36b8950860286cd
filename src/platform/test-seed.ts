import fc from 'fast-check';

// `npm test` tries the same cases each time, so that red means a change; `npm run prove` draws new ones.
if (!process.env.STEPWELL_PROVE) fc.configureGlobal({ seed: 20_261_121 });
