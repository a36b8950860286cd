/** What a person signs in with, the number included: `quiet-harbor-4821`. */
type AccountName = string;

const english = {
  first:
    'amber ample autumn brave bright calm candid clear coral cosy curious early easy even fair fern floral fresh gentle glad golden green happy hazel honest humble indigo jolly kind late lemon level light little lively lucky lunar maple mellow merry misty modest morning noble northern olive open orange patient pearl plain proud quick quiet rapid rare royal ruby rustic sandy scarlet secret sharp shy silent silver simple sleepy slow small smooth soft solar solid southern spring steady summer sunny sweet swift tall tidy velvet violet warm western wide wild winter wise young'.split(
      ' ',
    ),
  second:
    'acorn anchor apple arrow atlas badger basket beacon birch boat breeze bridge brook button cabin candle canyon castle cedar cherry cloud clover comet compass copper cottage cricket dolphin falcon feather field finch forest fountain fox garden glacier harbor hazel heron hill island jasmine kettle kite ladder lagoon lantern leaf lily lotus magnet maple marble meadow mirror moon moss mountain ocean orchard otter owl pebble pencil pepper pine planet pond poppy prairie quill rabbit rain ribbon river robin rocket saddle sail salmon shell sparrow spruce star stone stream sunrise swan teapot thistle tiger trail tulip turtle valley violin walnut willow window wren'.split(
      ' ',
    ),
};

const spanish = {
  first:
    'abedul acacia alameda alba almendro alondra amapola ancla arce arena arroyo avellano azafrán azucena bahía bambú barca bosque brisa brújula cabaña camino canela caracol cascada castaño cedro cereza ciprés ciruelo colina cometa concha coral cumbre dalia delfín duna encina estrella faro fresno fuente gaviota girasol glaciar golondrina granado halcón helecho higuera hortensia isla jardín jazmín junco lago laguna lavanda limonero lirio lluvia luna manantial margarita mariposa menta mirlo molino monte naranjo nenúfar nieve nogal nube olivo orilla paloma peonía pinar pradera puente ribera río roble romero salvia sauce sendero tilo tomillo trébol trigal tulipán valle vereda violeta'.split(
      ' ',
    ),
  second:
    'almohada arpa balcón banco bicicleta botón bufanda campana canasta candil canoa carrusel carta cesta columpio cuaderno cuadro cuento dado farol flauta globo guitarra hamaca jarra lámpara lápiz libro lienzo linterna llave maleta manta mapa mesa molinillo muelle nota patio peldaño pelota peonza piano pincel pluma poema portal puerta refugio reloj sello silla sobre sombrero tambor taza telar terraza tetera tintero torre tren trompeta velero ventana verso vidrio violín zaguán'.split(
      ' ',
    ),
};

/** A whole number from 0 to `limit` − 1, each equally likely. */
export type Pick = (limit: number) => number;

/** Two neutral words, to which the server adds a number: `quiet-harbor`, `sendero-verde`. */
export function proposeStem(locale: 'en' | 'es', pick: Pick): string {
  const { first, second } = locale === 'es' ? spanish : english;
  return `${first[pick(first.length)]}-${second[pick(second.length)]}`;
}

/**
 * One spelling for all the ways a phone writes a name: no capitals, no accents, single dashes.
 * Never fails; what it cannot carry, `stemFault` names.
 */
export const normaliseName = (typed: string): AccountName =>
  typed
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/[\s\-–—_]+/g, '-');

/** Why an own name will not do, or null: shown beside the field, checked again by the server. */
export function stemFault(typed: string): 'email' | 'tooShort' | 'tooLong' | 'letters' | null {
  if (typed.includes('@')) return 'email';
  const name = normaliseName(typed);
  if (name.length < 3) return 'tooShort';
  if (name.length > 40) return 'tooLong';
  return /^[\p{Letter}\p{Number}.]+(-[\p{Letter}\p{Number}.]+)*$/u.test(name) ? null : 'letters';
}
