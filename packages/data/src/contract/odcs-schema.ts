import { z } from 'zod'

const text = z.string().optional()
const flag = z.boolean().optional()
const tags = z.array(z.string()).optional()
const CustomProperty = z.strictObject({ id: text, property: z.string(), value: z.unknown(), description: text })
const customProperties = z.array(CustomProperty).optional()
const authoritativeDefinitions = z
  .array(z.strictObject({ id: text, url: z.string(), type: z.string(), description: text }))
  .optional()

const TeamMember = z.strictObject({
  id: text,
  username: z.string(),
  name: text,
  description: text,
  role: text,
  dateIn: text,
  dateOut: text,
  replacedByUsername: text,
  tags,
  customProperties,
  authoritativeDefinitions,
})
const Team = z.strictObject({
  id: text,
  name: text,
  description: text,
  members: z.array(TeamMember).optional(),
  tags,
  customProperties,
  authoritativeDefinitions,
})
const Role = z.strictObject({
  id: text,
  role: z.string(),
  description: text,
  access: text,
  firstLevelApprovers: text,
  secondLevelApprovers: text,
  customProperties,
})
const Support = z.strictObject({
  id: text,
  channel: z.string(),
  url: text,
  description: text,
  tool: text,
  scope: text,
  invitationUrl: text,
  customProperties,
})
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const ServiceLevel = z.strictObject({
  id: text,
  property: z.string(),
  value: scalar,
  valueExt: scalar.optional(),
  unit: text,
  element: text,
  driver: text,
  description: text,
  scheduler: text,
  schedule: text,
})

/** Lists that are read item by item, so that every item is checked by the schema of its own kind. */
const parts = z.array(z.unknown()).optional()

/** The document as a whole, as ODCS v3.1's JSON Schema has it. */
export const OdcsDocument = z.strictObject({
  apiVersion: z.enum(['v3.1.0', 'v3.0.2', 'v3.0.1', 'v3.0.0']),
  kind: z.literal('DataContract'),
  id: z.string(),
  version: z.string(),
  status: z.string(),
  name: text,
  tenant: text,
  tags,
  servers: parts,
  dataProduct: text,
  description: z
    .looseObject({ usage: text, purpose: text, limitations: text, authoritativeDefinitions, customProperties })
    .optional(),
  domain: text,
  schema: parts,
  support: z.array(Support).optional(),
  price: z
    .strictObject({ id: text, priceAmount: z.number().optional(), priceCurrency: text, priceUnit: text })
    .optional(),
  team: z.union([Team, z.array(TeamMember)]).optional(),
  roles: z.array(Role).optional(),
  slaDefaultElement: text,
  slaProperties: z.array(ServiceLevel).optional(),
  authoritativeDefinitions,
  customProperties,
  contractCreatedTs: text,
})

const element = {
  id: text,
  physicalType: text,
  physicalName: text,
  description: text,
  businessName: text,
  authoritativeDefinitions,
  tags,
  customProperties,
  quality: parts,
}
const keys = z.union([z.string(), z.array(z.string()).min(1)])
const relationship = { id: text, type: z.literal('foreignKey').optional(), to: keys, customProperties }

export const OdcsObject = z.strictObject({
  ...element,
  name: z.string(),
  logicalType: z.literal('object').optional(),
  dataGranularityDescription: text,
  properties: parts,
  relationships: z
    .array(
      z
        .strictObject({ ...relationship, from: keys })
        .refine(
          ({ from, to }) => (Array.isArray(from) ? from.length : 0) === (Array.isArray(to) ? to.length : 0),
          '`from` and `to` have to be two names, or two lists of the same length.',
        ),
    )
    .optional(),
})

export const logicalTypes = [
  'string',
  'date',
  'timestamp',
  'time',
  'number',
  'integer',
  'object',
  'array',
  'boolean',
] as const

/** The items of an array have no name. */
export const OdcsItems = z.strictObject({
  ...element,
  name: text,
  primaryKey: flag,
  primaryKeyPosition: z.int().optional(),
  logicalType: z.enum(logicalTypes).optional(),
  logicalTypeOptions: z.record(z.string(), z.unknown()).optional(),
  required: flag,
  unique: flag,
  partitioned: flag,
  partitionKeyPosition: z.int().optional(),
  classification: text,
  encryptedName: text,
  transformSourceObjects: z.array(z.string()).optional(),
  transformLogic: text,
  transformDescription: text,
  examples: z.array(z.unknown()).optional(),
  criticalDataElement: flag,
  relationships: z.array(z.strictObject(relationship)).optional(),
  properties: parts,
  items: z.unknown().optional(),
})
export type OdcsItems = z.infer<typeof OdcsItems>

export const OdcsProperty = OdcsItems.extend({ name: z.string() })
export type OdcsProperty = z.infer<typeof OdcsProperty>
