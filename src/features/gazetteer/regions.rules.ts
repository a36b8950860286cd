/** A state, province or country part that people name behind a town. */
export interface Region {
  /** `US.NY`: the country and the short name or GeoNames' code. */
  key: string;
  /** As written behind a town: "NY". Null: the name is written. */
  short: string | null;
  name: string;
  /** Other names, Spanish among them. */
  also: string[];
}

// One line a country: GeoNames' code, the key where it differs, the name, other names.
const written: Record<string, string> = {
  US: `AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut
|DE Delaware|DC District of Columbia/Distrito de Columbia|FL Florida|GA Georgia|HI Hawaii/Hawái
|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana/Luisiana|ME Maine
|MD Maryland|MA Massachusetts/Masachusets|MI Michigan|MN Minnesota|MS Mississippi/Misisipi
|MO Missouri/Misuri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire/Nuevo Hampshire
|NJ New Jersey/Nueva Jersey|NM New Mexico/Nuevo México|NY New York/Nueva York
|NC North Carolina/Carolina del Norte|ND North Dakota/Dakota del Norte|OH Ohio|OK Oklahoma
|OR Oregon|PA Pennsylvania/Pensilvania|RI Rhode Island|SC South Carolina/Carolina del Sur
|SD South Dakota/Dakota del Sur|TN Tennessee|TX Texas/Tejas|UT Utah|VT Vermont|VA Virginia
|WA Washington|WV West Virginia/Virginia Occidental|WI Wisconsin|WY Wyoming|PR Puerto Rico
|GU Guam|VI U.S. Virgin Islands/Islas Vírgenes|AS American Samoa/Samoa Americana
|MP Northern Mariana Islands/Islas Marianas del Norte`,
  CA: `01=AB Alberta|02=BC British Columbia/Columbia Británica|03=MB Manitoba
|04=NB New Brunswick/Nuevo Brunswick|05=NL Newfoundland and Labrador/Newfoundland/Terranova y Labrador
|07=NS Nova Scotia/Nueva Escocia|08=ON Ontario|09=PE Prince Edward Island/Isla del Príncipe Eduardo
|10=QC Québec|11=SK Saskatchewan|12=YT Yukon/Yukón
|13=NT Northwest Territories/Territorios del Noroeste|14=NU Nunavut`,
  AU: `01=ACT Australian Capital Territory|02=NSW New South Wales/Nueva Gales del Sur
|03=NT Northern Territory|04=QLD Queensland|05=SA South Australia|06=TAS Tasmania/Tasmania
|07=VIC Victoria|08=WA Western Australia`,
  GB: 'ENG England/Inglaterra|SCT Scotland/Escocia|WLS Wales/Gales|NIR Northern Ireland/Irlanda del Norte',
  MX: `01 Aguascalientes|02 Baja California/BC|03 Baja California Sur/BCS|04 Campeche|05 Chiapas|06 Chihuahua/Chih
|07 Coahuila/Coah|08 Colima|09 Ciudad de México/CDMX/Distrito Federal|10 Durango|11 Guanajuato/Gto|12 Guerrero
|13 Hidalgo|14 Jalisco/Jal|15 Estado de México/Edomex|16 Michoacán/Mich|17 Morelos|18 Nayarit|19 Nuevo León/NL
|20 Oaxaca|21 Puebla|22 Querétaro/Qro|23 Quintana Roo/Q Roo|24 San Luis Potosí/SLP|25 Sinaloa|26 Sonora/Son|27 Tabasco
|28 Tamaulipas/Tamps|29 Tlaxcala|30 Veracruz/Ver|31 Yucatán/Yuc|32 Zacatecas`,
  ES: `51 Andalucía/Andalusia|52 Aragón|34 Asturias|07 Islas Baleares/Balearic Islands/Baleares
|53 Canarias/Canary Islands/Islas Canarias|39 Cantabria|54 Castilla-La Mancha|55 Castilla y León
|56 Cataluña/Catalonia/Catalunya|CE Ceuta|60 Comunidad Valenciana/Valencian Community
|57 Extremadura|58 Galicia|27 La Rioja|29 Comunidad de Madrid|ML Melilla|31 Región de Murcia
|32 Navarra/Navarre|59 País Vasco/Basque Country/Euskadi`,
};

/** Countries whose regions are written short: "Albany, NY". */
const short = new Set(['US', 'CA', 'AU']);
/** Countries that are not written behind their regions. */
const homely = new Set(['US', 'CA', 'GB']);
/** GeoNames keeps these as countries; their post and their people write them as states. */
const states = new Set(['PR', 'GU', 'VI', 'AS', 'MP']);

const byCode = new Map<string, string>();

/** The regions with a name of their own; other countries are named whole. */
export const regions: ReadonlyMap<string, Region> = new Map(
  Object.entries(written).flatMap(([country, lines]) =>
    lines.split('|').map((line): [string, Region] => {
      const [, code = '', own = code, names = ''] = /^(\w+)(?:=(\w+))? (.+)$/s.exec(line) ?? [];
      const key = `${country}.${own}`;
      byCode.set(`${country}.${code}`, key);
      const [name = '', ...also] = names.trim().split('/');
      return [key, { key, short: short.has(country) ? own : null, name, also }];
    }),
  ),
);

/** The region of a town by GeoNames' codes: `US.NY`, or the country alone, `DE`. */
export function regionOf(country: string, admin: string): string {
  if (states.has(country)) return `US.${country}`;
  return written[country] ? (byCode.get(`${country}.${admin}`) ?? country) : country;
}

const inLanguage = new Map<string, Intl.DisplayNames>();

/** A country by its ISO code in a language: "Germany", "Alemania". */
export function countryName(code: string, locale: string): string {
  let names = inLanguage.get(locale);
  if (!names) {
    names = new Intl.DisplayNames([locale], { type: 'region' });
    inLanguage.set(locale, names);
  }
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** What stands behind a town: "NY", "England", "Jalisco, Mexico", "Germany". */
export function regionWords(key: string, locale: string): string {
  const country = key.slice(0, 2);
  const region = regions.get(key);
  if (!region) return countryName(country, locale);
  const own = region.short ?? region.name;
  return homely.has(country) ? own : `${own}, ${countryName(country, locale)}`;
}
