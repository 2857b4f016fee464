export { parseContract } from '@mlwright/data'
export { parseConfig } from '@mlwright/domain'
