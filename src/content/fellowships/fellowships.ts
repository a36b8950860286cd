/** The fellowships as reviewed data, one file each; a wrong code table is corrected there. */
import aa from './aa.json' with { type: 'json' };
import aca from './aca.json' with { type: 'json' };
import alAnon from './al-anon.json' with { type: 'json' };
import allRecovery from './all-recovery.json' with { type: 'json' };
import ca from './ca.json' with { type: 'json' };
import ceaHow from './cea-how.json' with { type: 'json' };
import cma from './cma.json' with { type: 'json' };
import coda from './coda.json' with { type: 'json' };
import da from './da.json' with { type: 'json' };
import daa from './daa.json' with { type: 'json' };
import dra from './dra.json' with { type: 'json' };
import eda from './eda.json' with { type: 'json' };
import ga from './ga.json' with { type: 'json' };
import ha from './ha.json' with { type: 'json' };
import lifering from './lifering.json' with { type: 'json' };
import ma from './ma.json' with { type: 'json' };
import na from './na.json' with { type: 'json' };
import narAnon from './nar-anon.json' with { type: 'json' };
import note from './note.json' with { type: 'json' };
import oa from './oa.json' with { type: 'json' };
import pa from './pa.json' with { type: 'json' };
import pal from './pal.json' with { type: 'json' };
import rca from './rca.json' with { type: 'json' };
import rd from './rd.json' with { type: 'json' };
import rr from './rr.json' with { type: 'json' };
import sa from './sa.json' with { type: 'json' };
import saa from './saa.json' with { type: 'json' };
import sca from './sca.json' with { type: 'json' };
import sia from './sia.json' with { type: 'json' };
import slaa from './slaa.json' with { type: 'json' };
import smart from './smart.json' with { type: 'json' };
import sos from './sos.json' with { type: 'json' };
import ua from './ua.json' with { type: 'json' };
import va from './va.json' with { type: 'json' };
import wfs from './wfs.json' with { type: 'json' };

/** One of a fellowship's own format codes: its label, and the common facets that it stands for. */
interface TypeCode {
  en: string;
  es: string;
  facets?: string[];
}

/**
 * One fellowship or other mutual-help group.
 * `always`: facets that hold for each of its meetings. `languageCodes`: whether its lists write
 * languages by the Meeting Guide table (S, ITA …) or by ISO 639-1 (ES, IT …).
 * Codes are only unique within a fellowship: T is Transgender in AA, Fellowship Text in ACA.
 */
export interface Fellowship {
  id: string;
  short: string;
  name: { en: string; es: string };
  website: string;
  kind: string;
  helps: string[];
  always: string[];
  languageCodes: string;
  types: Record<string, TypeCode>;
}

const all: Fellowship[] = [
  aa,
  aca,
  alAnon,
  allRecovery,
  ca,
  ceaHow,
  cma,
  coda,
  da,
  daa,
  dra,
  eda,
  ga,
  ha,
  lifering,
  ma,
  na,
  narAnon,
  oa,
  pa,
  pal,
  rca,
  rd,
  rr,
  sa,
  saa,
  sca,
  sia,
  slaa,
  smart,
  sos,
  ua,
  va,
  wfs,
];

/** Every fellowship by its id. */
export const fellowships: ReadonlyMap<string, Fellowship> = new Map(all.map((f) => [f.id, f]));

/** The sentence that stands wherever fellowships are named: we are not affiliated with any. */
export const notAffiliated: { en: string; es: string } = note;
