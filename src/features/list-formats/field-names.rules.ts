import { folded } from '../meetings/plain-text.rules.ts';

// Field of the Meeting Guide, then the other names that sheets, plugins and people give it
// (facts: TSML import and export, Google sheet service, Airtable and plain lists; Spanish, French).
const aliases = `
slug: id, uid, post name, meeting id, identificador, clave
name: meeting, meeting name, title, group meeting, nombre, nombre de la reunion, reunion, titulo, nom
day: day of week, weekday, days, meeting day, week day, dia, dias, dia de la semana, jour
time: start time, start, starts, begins, meeting time, begin time, hora, hora de inicio, inicio, empieza, heure
end_time: end, ends, finish, until, hora de fin, hora final, fin, termina, heure de fin
duration: length, minutes, duration minutes, duracion, minutos
timezone: time zone, tz, zona horaria, huso horario, fuseau horaire
formatted_address: full address, direccion completa
address: street, street address, address 1, direccion, calle, domicilio, adresse
city: town, municipality, ciudad, municipio, localidad, poblacion, ville
state: province, state province, estado, provincia, departamento
postal_code: zip, zip code, zipcode, postcode, postal, codigo postal, cp, code postal
country: nation, pais, pays
region: area, neighborhood, neighbourhood, zona, barrio
sub_region: subregion, sub area
sub_sub_region:
regions: regiones
district: distrito
sub_district: subdistrict
districts: distritos
location: location name, building, place, venue, venue name, place name, lugar, local, nombre del lugar, edificio, lieu
location_notes: place notes, notas del lugar, indicaciones
latitude: lat, latitud
longitude: lng, lon, long, longitud
coordinates: lat lng, latlng, coordenadas
approximate: aproximada, aproximado
conference_url: online url, zoom url, zoom link, zoom, video link, meeting link, online link, enlace, enlace de la reunion, enlace zoom, liga
conference_url_notes: online notes, zoom notes, passcode, password, access code, contrasena, codigo de acceso
conference_phone: dial in, dial in number, phone meeting, telefono de la reunion
conference_phone_notes: dial in notes, notas del telefono
types: type, meeting types, formats, format, descriptors, codes, tipos, tipo, formatos, formato
languages: language, idioma, idiomas
notes: note, comments, comment, description, remarks, details, notas, observaciones, descripcion, remarques
group: group name, home group, grupo, nombre del grupo, groupe
group_notes: notas del grupo
website: web, web site, homepage, sitio web, pagina web
website_2:
url: listing url, permalink
email: e mail, group email, correo, correo electronico
phone: telephone, group phone, telefono
mailing_address: direccion postal
venmo:
square:
paypal:
homegroup_online:
edit_url:
feedback_emails: feedback email
feedback_url:
entity:
entity_email:
entity_location:
entity_phone:
entity_logo:
entity_url:
entity_website_url:
updated: last updated, last modified, modified, updated at, last update, actualizado, fecha de actualizacion
last_contact: ultimo contacto
author:
data_source:
data_source_name:
attendance_option:
fellowship: program, confraternidad
contact_1_name: contact, contact name, contacto, nombre de contacto
contact_1_email: contact email, correo de contacto
contact_1_phone: contact phone, telefono de contacto
contact_2_name:
contact_2_email:
contact_2_phone:
contact_3_name:
contact_3_email:
contact_3_phone:
`;

const fieldOf = new Map<string, string>();
for (const line of aliases.trim().split('\n')) {
  const [field = '', others = ''] = line.split(':');
  for (const name of [field, ...others.split(',')])
    if (name.trim()) fieldOf.set(folded(name), field);
}

/** The Meeting Guide's field that a column or key stands for, in any case and order; or null. */
export function fieldNamed(name: string): string | null {
  const plain = folded(name);
  return fieldOf.get(plain) ?? fieldOf.get(plain.replace(/^source /, '')) ?? null;
}

const usable = (value: unknown) => value !== undefined && value !== null && value !== '';

/**
 * A row whose keys may be other names, in those of the Meeting Guide, with the key of each field.
 * A key that is the field's own name wins over an alias. Keys that nobody knows are left out here;
 * the row as it came keeps them.
 */
export function inFieldNames(row: Record<string, unknown>): {
  fields: Record<string, unknown>;
  columns: Record<string, string>;
} {
  const fields: Record<string, unknown> = {};
  const columns: Record<string, string> = {};
  for (const [key, value] of Object.entries(row)) {
    const field = fieldNamed(key);
    if (field === null || !usable(value)) continue;
    const own = key === field;
    if (field in fields && !own) continue;
    fields[field] = value;
    columns[field] = key;
  }
  return { fields, columns };
}
