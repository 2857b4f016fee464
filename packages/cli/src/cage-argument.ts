/** The argument that makes this program the cage of a contract's own SQL. */
export const cageArgument = '__cage'
