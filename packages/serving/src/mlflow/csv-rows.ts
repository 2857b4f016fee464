import { badRequest } from '../http/http-error.ts'

/** Fields of CSV with RFC 4180's quotes. Throws HttpError 400 where a quote is not closed. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  let wasQuoted = false
  const endRow = () => {
    row.push(field)
    if (row.length > 1 || field !== '' || wasQuoted) rows.push(row)
    row = []
    field = ''
    wasQuoted = false
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (quoted) {
      if (character !== '"') field += character
      else if (text[at + 1] === '"') {
        field += '"'
        at++
      } else quoted = false
    } else if (character === '"' && field === '') {
      quoted = true
      wasQuoted = true
    } else if (character === ',') {
      row.push(field)
      field = ''
    } else if (character === '\n') endRow()
    else if (character !== '\r' || text[at + 1] !== '\n') field += character
  }
  if (quoted) throw badRequest('The CSV ends inside a quoted field.')
  endRow()
  return rows
}
