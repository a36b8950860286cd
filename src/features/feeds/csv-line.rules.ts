// A spreadsheet would run what begins like this. A number for dialling may begin with a plus.
const formula = /^[=@\t\r]|^[+-](?![\d\s().-]*$|\d[\d,*#]*$)/;

/**
 * One line of CSV (RFC 4180) with its line end. What a spreadsheet would take for a formula gets a
 * space in front: readers trim it away, so that nothing is changed on the way back.
 */
export function csvLine(cells: readonly string[]): string {
  const written = cells.map((cell) => {
    const safe = formula.test(cell) ? ` ${cell}` : cell;
    return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${written.join(',')}\r\n`;
}
