/**
 * Names that people type and the town list does not have: Spanish ones, short ones, local ones.
 * A town is written with its region or country; the largest of that name there is meant.
 */
const written = `
New York=New York City, US.NY|NYC=New York City, US.NY|Nueva York=New York City, US.NY
Manhattan=Manhattan, US.NY|LA=Los Angeles, US.CA|DC=Washington, US.DC
Philly=Philadelphia, US.PA|Filadelfia=Philadelphia, US.PA
Vegas=Las Vegas, US.NV|NOLA=New Orleans, US.LA|Nueva Orleans=New Orleans, US.LA
SF=San Francisco, US.CA|Frisco=San Francisco, US.CA|Nashville=Nashville, US.TN
Bronx=The Bronx, US.NY|Cayo Hueso=Key West, US.FL|San Agustín=Saint Augustine, US.FL
Ciudad de México=Mexico City, MX|CDMX=Mexico City, MX|México DF=Mexico City, MX|DF=Mexico City, MX
México=Mexico City, MX|Ciudad Juárez=Juárez, MX|León=León de los Aldama, MX|Querétaro=Santiago de Querétaro, MX
Durango=Victoria de Durango, MX|Oaxaca de Juárez=Oaxaca, MX|Playa=Playa del Carmen, MX|La Habana=Havana, CU
Panamá=Panama, PA|Ciudad de Panamá=Panama, PA|Panama City=Panama, PA|Guatemala=Guatemala City, GT
Ciudad de Guatemala=Guatemala City, GT|Santiago de Chile=Santiago, CL|Londres=London, GB
Edimburgo=Edinburgh, GB|Dublín=Dublin, IE|Montreal=Montréal, CA|Quebec City=Québec, CA
Ciudad de Quebec=Québec, CA|Seville=Sevilla, ES|Saragossa=Zaragoza, ES|Corunna=A Coruña, ES
La Coruña=A Coruña, ES|San Sebastián=Donostia / San Sebastián, ES|Gerona=Girona, ES
Lérida=Lleida, ES|Palma de Mallorca=Palma, ES|Alicante=Alicante, ES|Vitoria=Gasteiz / Vitoria, ES
París=Paris, FR|Marsella=Marseille, FR|Burdeos=Bordeaux, FR|Niza=Nice, FR|Estrasburgo=Strasbourg, FR
Ginebra=Genève, CH|Geneva=Genève, CH|Genf=Genève, CH|Basilea=Basel, CH|Basle=Basel, CH|Berna=Bern, CH
Múnich=Munich, DE|München=Munich, DE|Cologne=Köln, DE|Colonia=Köln, DE|Nuremberg=Nürnberg, DE
Hanover=Hannover, DE|Hamburgo=Hamburg, DE|Francfort=Frankfurt am Main, DE|Berlín=Berlin, DE
Viena=Vienna, AT|Wien=Vienna, AT|Roma=Rome, IT|Milano=Milan, IT|Milán=Milan, IT|Torino=Turin, IT
Turín=Turin, IT|Napoli=Naples, IT|Nápoles=Naples, IT|Firenze=Florence, IT|Florencia=Florence, IT
Venezia=Venice, IT|Venecia=Venice, IT|Genova=Genoa, IT|Génova=Genoa, IT|Lisboa=Lisbon, PT
Oporto=Porto, PT|Bruselas=Brussels, BE|Bruxelles=Brussels, BE|Brussel=Brussels, BE
Amberes=Antwerpen, BE|Antwerp=Antwerpen, BE|Gante=Gent, BE|Ghent=Gent, BE|Brujas=Brugge, BE
Bruges=Brugge, BE|La Haya=The Hague, NL|Den Haag=The Hague, NL|Copenhague=Copenhagen, DK
København=Copenhagen, DK|Estocolmo=Stockholm, SE|Gothenburg=Göteborg, SE|Gotemburgo=Göteborg, SE
Varsovia=Warsaw, PL|Warszawa=Warsaw, PL|Cracovia=Kraków, PL|Cracow=Kraków, PL|Praga=Prague, CZ
Praha=Prague, CZ|Atenas=Athens, GR|Athína=Athens, GR|Moscú=Moscow, RU|Moskva=Moscow, RU
Kyiv=Kiev, UA|Bucarest=Bucharest, RO|Belgrado=Belgrade, RS|Estambul=Istanbul, TR|El Cairo=Cairo, EG
Jerusalén=Jerusalem, IL|Tokio=Tokyo, JP|Pekín=Beijing, CN|Peking=Beijing, CN|Bombay=Mumbai, IN
Bangalore=Bengaluru, IN|Madras=Chennai, IN|Calcutta=Kolkata, IN|Nueva Delhi=New Delhi, IN
Ciudad del Cabo=Cape Town, ZA|Johannesburgo=Johannesburg, ZA|Singapur=Singapore, SG
`;

/** Another name of a town: its `town` and the region or country (`US.NY`, `DE`) where it lies. */
export interface OtherName {
  name: string;
  town: string;
  region: string;
}

export const otherNames: readonly OtherName[] = written
  .trim()
  .split(/[|\n]/)
  .map((line) => {
    const [, name = '', town = '', region = ''] = /^(.+)=(.+), ([A-Z.]+)$/.exec(line) ?? [];
    return { name, town, region };
  });
