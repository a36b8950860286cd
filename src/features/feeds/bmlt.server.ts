import { createHash } from 'node:crypto';
import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { OpenAnswer, OpenRequest, OpenRoute } from '../../platform/open-route.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import type { DirectorySource, ServiceBody } from '../meetings/directory.rules.ts';
import { bmltChanges } from './bmlt-changes.server.ts';
import {
  type BmltFormat,
  formatObject,
  formatsById,
  isFormatLanguage,
  venueFormats,
} from './bmlt-formats.rules.ts';
import { type BmltHouse, BmltHouses } from './bmlt-house.server.ts';
import { nawsCells, nawsColumns, nawsFileName } from './bmlt-naws.rules.ts';
import { bmltOpenApi } from './bmlt-openapi.rules.ts';
import {
  cornersOf,
  coverageArea,
  fieldKeys,
  fieldValues,
  serverInfo,
  serverInfoXml,
  serviceBodies,
  type ValueRow,
} from './bmlt-others.rules.ts';
import { listed, parameter, signed } from './bmlt-query.rules.ts';
import { type Scope, searchResults, type Told } from './bmlt-results.server.ts';
import { formatsOfRow } from './bmlt-table.rules.ts';
import { csvLine } from './csv-line.rules.ts';
import { refusal } from './meeting-guide.server.ts';
import { Pieces, pauseEvery } from './slices.server.ts';

const forJson = [
  'GetSearchResults',
  'GetFormats',
  'GetServiceBodies',
  'GetFieldKeys',
  'GetFieldValues',
  'GetChanges',
  'GetServerInfo',
  'GetCoverageArea',
];
const notOffered = `Invalid data format or endpoint name. Valid endpoint names for the json and jsonp data formats are: ${forJson.join(', ')}. Valid endpoint names for the csv format are: GetNAWSDump. Valid endpoint names for the tsml format are: GetSearchResults.`;

const asJson = (value: unknown): Told => ({ parts: [Buffer.from(JSON.stringify(value))] });

function formatsTold(house: BmltHouse, query: URLSearchParams, scope: Scope): Told {
  const { include, exclude } = signed(query, 'format_ids');
  const languages = [...new Set(listed(query, 'lang_enum'))];
  const keys = listed(query, 'key_strings');
  // Whoever shows a choice of venues asks for these three by name, used or not.
  const asked = new Set<number>(Object.values(venueFormats).map(({ id }) => id));
  const used = new Set([...house.own(scope.fellowship).formats, ...asked]);
  const every = parameter(query, 'show_all') === '1';
  const own = ({ fellowship }: BmltFormat) =>
    fellowship === null || scope.fellowship === null || fellowship === scope.fellowship;
  const told = [...formatsById.values()]
    .filter(
      (format) =>
        own(format) &&
        (every || used.has(format.id)) &&
        (!include || include.has(format.id)) &&
        !exclude?.has(format.id) &&
        (keys.length === 0 || keys.includes(format.key)),
    )
    .sort((a, b) => a.id - b.id);
  return asJson(
    (languages.length > 0 ? languages : ['en']).flatMap((language) =>
      isFormatLanguage(language)
        ? told.map((format) => formatObject(format, language, scope.root))
        : [],
    ),
  );
}

/** Service bodies of a scope: all, or those with meetings of its fellowship and what is above them. */
function bodiesIn(house: BmltHouse, scope: Scope): readonly ServiceBody[] {
  const { bodies } = house.directory;
  const held = new Set(
    house.own(scope.fellowship).rows.map((row) => house.table.body[row] as number),
  );
  for (const number of held) {
    const above = house.bodies.get(number)?.parentNumber;
    if (above) held.add(above);
  }
  const madeUpOnly = held.size > 0 && [...held].every((number) => house.bodies.get(number)?.demo);
  return bodies.filter(
    ({ number, demo }) => demo === madeUpOnly && (scope.fellowship === null || held.has(number)),
  );
}

async function valuesTold(house: BmltHouse, query: URLSearchParams, scope: Scope): Promise<Told> {
  const key = parameter(query, 'meeting_key');
  if (!key || !fieldKeys.some((field) => field.key === key))
    return {
      status: 400,
      message: `The parameter meeting_key has to be one of: ${fieldKeys.map((field) => field.key).join(', ')}.`,
    };
  const pause = pauseEvery();
  const rows: ValueRow[] = [];
  for (const row of house.own(scope.fellowship).rows) {
    const formats = [...formatsOfRow(house.table, row)];
    const value = house.value(row, key, scope.root);
    rows.push({ id: String(house.table.id[row]), value, formats });
    const waiting = pause();
    if (waiting) await waiting;
  }
  return asJson(fieldValues(rows, key, query));
}

async function nawsDump(house: BmltHouse, request: OpenRequest, scope: Scope): Promise<OpenAnswer> {
  const body = house.bodies.get(Number(parameter(request.query, 'sb_id') ?? Number.NaN));
  if (!body)
    return refusal(
      422,
      `The parameter sb_id has to be the id of a service body: ${house.directory.bodies.map(({ number, name }) => `${number} (${name})`).join(', ')}.`,
    );
  const bodies = new Set(house.below(body.number));
  const pieces = new Pieces();
  const pause = pauseEvery();
  pieces.add(csvLine(nawsColumns));
  for (const row of house.table.inOrder) {
    if (!bodies.has(house.table.body[row] as number)) continue;
    const { meeting, bodyNumber } = house.listed(row);
    if (scope.fellowship !== null && meeting.fellowship !== scope.fellowship) continue;
    const told = house.meeting(row, scope.root);
    pieces.add(csvLine(nawsCells(meeting, told, house.isShut(row), house.bodies.get(bodyNumber))));
    const waiting = pause();
    if (waiting) await waiting;
  }
  return {
    type: 'text/csv; charset=utf-8',
    body: Buffer.concat(pieces.parts()),
    fileName: nawsFileName(body, request.now),
  };
}

function told(
  house: BmltHouse,
  switcher: string,
  request: OpenRequest,
  scope: Scope,
): Promise<Told> | Told {
  const { query } = request;
  const corners = () => cornersOf(house.table.lat, house.table.lng);
  switch (switcher) {
    case 'GetSearchResults':
      return searchResults(house, query, scope, 'json');
    case 'GetFormats':
      return formatsTold(house, query, scope);
    case 'GetServiceBodies':
      return asJson(serviceBodies(bodiesIn(house, scope), query));
    case 'GetFieldKeys':
      return asJson(fieldKeys);
    case 'GetFieldValues':
      return valuesTold(house, query, scope);
    case 'GetChanges':
      return bmltChanges(house, request, scope);
    case 'GetServerInfo':
      return asJson(serverInfo(corners()));
    default:
      return asJson(coverageArea(corners()));
  }
}

/** A name that a page may call; anything else in its place could run. */
const callbackName = /^[A-Za-z_$][\w$]{0,99}(\.[A-Za-z_$][\w$]{0,99}){0,4}$/;

async function answered(
  house: BmltHouse,
  format: string,
  request: OpenRequest,
  scope: Scope,
): Promise<OpenAnswer> {
  const { query } = request;
  const switcher = parameter(query, 'switcher') ?? '';
  if (switcher === 'GetNAWSDump')
    return format === 'csv'
      ? nawsDump(house, request, scope)
      : refusal(422, 'GetNAWSDump is only valid for csv format.');
  const isTsml = format === 'tsml' && switcher === 'GetSearchResults';
  const isJson = (format === 'json' || format === 'jsonp') && forJson.includes(switcher);
  if (!isTsml && !isJson) return refusal(422, notOffered);
  const callback = parameter(query, 'callback') ?? 'callback';
  if (format === 'jsonp' && !callbackName.test(callback))
    return refusal(422, 'The parameter callback has to be the name of a function.');
  const answer = isTsml
    ? await searchResults(house, query, scope, 'tsml')
    : await told(house, switcher, request, scope);
  if ('message' in answer) return refusal(answer.status, answer.message);
  // What anybody is told depends on the question and on this state of the directory alone.
  const cheap = switcher !== 'GetChanges' && { version: versionOf(house, request) };
  if (format !== 'jsonp')
    return {
      type: 'application/json; charset=utf-8',
      body: answer.parts.length === 1 ? (answer.parts[0] as Buffer) : Buffer.concat(answer.parts),
      ...cheap,
    };
  return {
    type: 'text/javascript; charset=utf-8',
    body: Buffer.concat([Buffer.from(`/**/${callback}(`), ...answer.parts, Buffer.from(');')]),
    ...cheap,
  };
}

const started = Date.now().toString(36);

function versionOf(house: BmltHouse, { now }: OpenRequest): string {
  const hour = Math.floor(now / 3_600_000);
  return createHash('md5')
    .update(`${started} ${house.directory.version} ${hour}`)
    .digest('base64url');
}

/** Answers everything below an address of the interface, however many slashes stand in it. */
async function below(
  houses: BmltHouses,
  request: OpenRequest,
  { fellowship, root }: Scope,
  withNotes: boolean,
): Promise<OpenAnswer> {
  const path = (request.parameters['*'] ?? '').replace(/\/{2,}/g, '/').replace(/^\/|\/$/g, '');
  if (path === 'client_interface/serverInfo.xml')
    return { type: 'application/xml; charset=utf-8', body: serverInfoXml };
  if (path === 'api/v1/openapi-semantic.json')
    return { type: 'application/json; charset=utf-8', body: JSON.stringify(bmltOpenApi(root)) };
  const format = /^client_interface\/(\w+)$/.exec(path)?.[1];
  if (format === undefined) return refusal(404, 'Only client_interface/ is found here.');
  return answered(await houses.current(request, withNotes), format, request, { fellowship, root });
}

/**
 * The BMLT semantic interface: `/main_server/…` for every fellowship, `/na/main_server/…` for one,
 * `/na-with-notes/main_server/…` (or `/all-with-notes/…`) also with what is not weekly.
 */
export function bmltRoutes(
  source: DirectorySource,
  gazetteer: () => Promise<Gazetteer>,
): OpenRoute[] {
  const houses = new BmltHouses(source, gazetteer);
  return [
    {
      path: '/main_server/*',
      audience: 'pages',
      answer: (request) =>
        below(houses, request, { fellowship: null, root: `${request.origin}/main_server` }, false),
    },
    {
      path: '/:scope/main_server/*',
      audience: 'pages',
      async answer(request) {
        const scope = request.parameters.scope ?? '';
        const name = scope.replace(/-with-notes$/, '');
        if (name !== 'all' && !fellowships.has(name))
          return refusal(
            404,
            `There is no fellowship of that name. Known are: all, ${[...fellowships.keys()].join(', ')}.`,
          );
        const fellowship = name === 'all' ? null : name;
        const root = `${request.origin}/${scope}/main_server`;
        return below(houses, request, { fellowship, root }, scope !== name);
      },
    },
  ];
}
