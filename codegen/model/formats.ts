/**
 * Formats: the names that `@format` accepts, each with its regular expression.
 *
 * Regular expressions let a page check a format like any other pattern, and let a schema express it in JSON Schema's
 * terms. They check the form only: the 31st of February passes as a date.
 */
const YEAR_TO_DAY = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const TIME_OF_DAY =
  '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';
const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const HEX = '[\\dA-Fa-f]';
const LABEL = '[\\dA-Za-z](?:[\\dA-Za-z-]{0,61}[\\dA-Za-z])?';

export const FORMATS: ReadonlyMap<string, string> = new Map([
  ['date', `^${YEAR_TO_DAY}$`],
  ['date-time', `^${YEAR_TO_DAY}[Tt]${TIME_OF_DAY}$`],
  ['email', `^[\\w.!#$%&'*+/=?^\`{|}~-]+@${LABEL}(?:\\.${LABEL})+$`],
  ['hostname', `^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`],
  ['ipv4', `^${BYTE}(?:\\.${BYTE}){3}$`],
  ['snowflake', '^[1-9]\\d{16,19}$'],
  ['time', `^${TIME_OF_DAY}$`],
  ['uri', '^[A-Za-z][\\dA-Za-z+.-]*:[^\\s<>"{}|\\\\^`]*$'],
  ['url', '^https?://[^\\s/?#<>"{}|\\\\^`]+[^\\s<>"{}|\\\\^`]*$'],
  ['uuid', `^${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}$`],
]);
