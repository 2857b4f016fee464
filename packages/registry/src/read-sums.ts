/** Hex SHA-256 by file name, from the text of SHA256SUMS; lines that say anything else are left out. */
export function readSums(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(/^([0-9a-f]{64}) [ *](.+)$/gm)]
  return new Map(found.map((match) => [match[2]!, match[1]!]))
}
