import { bmltVersion } from './bmlt-others.rules.ts';

/** Parameters of each question, as a program that reads OpenAPI is told. */
const questions: Record<string, { summary: string; parameters: Record<string, string> }> = {
  GetSearchResults: {
    summary: 'Meetings that fit, one object for each weekday of a meeting.',
    parameters: {
      meeting_ids: 'Ids of meetings; negative ones are left out.',
      weekdays: '1 Sunday to 7 Saturday; negative ones are left out.',
      venue_types: '1 in person, 2 virtual, 3 hybrid; negative ones are left out.',
      services: 'Ids of service bodies; negative ones are left out.',
      recursive: '1: service bodies with everything below them.',
      formats: 'Shared ids of formats; negative ones are left out.',
      formats_comparison_operator: 'AND (default) or OR.',
      meeting_key: 'A field that has to equal one of meeting_key_value.',
      meeting_key_value: 'The value, or values as meeting_key_value[].',
      StartsAfterH: 'Start later than this hour (with StartsAfterM).',
      StartsAfterM: 'The minute.',
      StartsBeforeH: 'Start earlier than this hour (with StartsBeforeM).',
      StartsBeforeM: 'The minute.',
      EndsBeforeH: 'End by this hour (with EndsBeforeM).',
      EndsBeforeM: 'The minute.',
      MinDurationH: 'At least as long (with MinDurationM).',
      MinDurationM: 'The minutes.',
      MaxDurationH: 'At most as long (with MaxDurationM).',
      MaxDurationM: 'The minutes.',
      lat_val: 'Latitude of a point.',
      long_val: 'Longitude of a point.',
      geo_width: 'Miles round the point; below 0, as far as so many meetings need.',
      geo_width_km: 'The same in kilometres.',
      sort_results_by_distance: '1: nearest first.',
      SearchString: 'Words of three letters or more, or ids of meetings.',
      StringSearchIsAnAddress: '1: the words are a town or ZIP code; no map service is asked.',
      SearchStringRadius: 'Miles round that place.',
      advanced_published: '1 or 0: published meetings; others are not told to anyone here.',
      sort_keys: 'Fields to sort by.',
      sort_key: 'weekday, time, town, state or weekday_state.',
      data_field_key: 'Fields to answer with.',
      page_size: 'How many; cut after sorting.',
      page_num: 'Which page, from 1.',
      get_used_formats: 'Present: an object of meetings and formats.',
      get_formats_only: 'Present: the formats alone.',
      lang_enum: 'Language of the formats: en or es.',
    },
  },
  GetFormats: {
    summary: 'Formats that meetings use.',
    parameters: {
      lang_enum: 'en or es.',
      key_strings: 'Only these codes.',
      format_ids: 'Only these shared ids; negative ones are left out.',
      show_all: '1: also those that no meeting uses.',
    },
  },
  GetServiceBodies: {
    summary: 'Who keeps the lists.',
    parameters: {
      services: 'Ids; negative ones are left out.',
      recursive: '1: with everything below them.',
      parents: '1: with everything above them.',
    },
  },
  GetChanges: {
    summary: 'What changed, newest first, at most 2,000; never who did it.',
    parameters: {
      start_date: 'YYYY-MM-DD, of UTC.',
      end_date: 'YYYY-MM-DD, inclusive.',
      meeting_id: 'Id of a meeting.',
      service_body_id: 'Id of a service body, with everything below it.',
    },
  },
  GetFieldKeys: { summary: 'Fields of a meeting.', parameters: {} },
  GetFieldValues: {
    summary: 'Values of a field, with the ids of the meetings that have them.',
    parameters: {
      meeting_key: 'The field.',
      specific_formats: 'For formats: only these ids.',
      all_formats: '1: only meetings with all of them.',
    },
  },
  GetServerInfo: { summary: 'What this server is.', parameters: {} },
  GetCoverageArea: { summary: 'The corners of all meetings.', parameters: {} },
};

/** The questions of the interface as OpenAPI, one path for each as BMLT servers write it. */
export function bmltOpenApi(root: string): object {
  const paths = Object.entries(questions).map(([switcher, { summary, parameters }]) => [
    `/client_interface/json/?switcher=${switcher}`,
    {
      get: {
        operationId: switcher.charAt(0).toLowerCase() + switcher.slice(1),
        summary,
        parameters: Object.entries(parameters).map(([name, description]) => ({
          name,
          in: 'query',
          description,
          schema: { type: 'string' },
        })),
        responses: {
          200: { description: 'JSON', content: { 'application/json': { schema: {} } } },
          422: { description: 'A sentence that says what was wrong, as {"message"}.' },
        },
      },
    },
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'BMLT semantic interface of Stepwell',
      version: bmltVersion,
      description:
        'Read by anyone, without a key. All values are text. Lists are written a=1,2 or a[]=1&a[]=2.',
    },
    servers: [{ url: root }],
    paths: Object.fromEntries(paths),
  };
}
