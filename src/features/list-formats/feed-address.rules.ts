import { bmltAddresses } from './read-bmlt.rules.ts';
import type { ListFormat } from './source-row.rules.ts';

const sheet = /^https:\/\/docs\.google\.com\/spreadsheets\/d\/(?!e\/)([\w-]+)/;

/**
 * The address that is asked for a list, given the one that people have: of a BMLT server its root,
 * of a Google sheet the page on which it is edited. Every other address is asked as it is.
 */
export function feedAddress(url: string, format: ListFormat): string {
  const id = sheet.exec(url)?.[1];
  if (id && !/\/(export|gviz|pub)\b/.test(url)) {
    const gid = /[?#&]gid=(\d+)/.exec(url)?.[1];
    return `https://docs.google.com/spreadsheets/d/${id}/export?format=csv${gid ? `&gid=${gid}` : ''}`;
  }
  return (format === 'bmlt' && bmltAddresses(url)?.meetings) || url;
}

/** Quoted values of the attributes of one tag. */
function attributeOf(tag: string, name: string): string {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`, 'i').exec(tag)?.[1] ?? '';
}

/**
 * The feed that a web page names in its head (`<link rel="alternate" type="application/json"
 * title="Meetings Feed">`), so that a person who gave the page's address can be told. Only a whole
 * web address counts; at most the first 200,000 letters are looked at. Null: it names none.
 */
export function feedNamedIn(page: string): string | null {
  for (const [tag] of page.slice(0, 200_000).matchAll(/<link\s[^>]{0,1000}>/gi)) {
    if (!/\balternate\b/i.test(attributeOf(tag, 'rel'))) continue;
    if (!/^meetings feed$/i.test(attributeOf(tag, 'title').trim())) continue;
    const href = attributeOf(tag, 'href').replaceAll('&amp;', '&');
    if (/^https?:\/\/[^\s<>]+$/i.test(href) && URL.canParse(href)) return href.slice(0, 200);
  }
  return null;
}
