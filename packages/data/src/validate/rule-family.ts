import type { Finding, Location } from '@mlwright/domain'
import type { PropertyOptions } from '../contract/odcs-options.ts'
import type { OdcsQuality } from '../contract/odcs-quality.ts'
import type { OdcsProperty } from '../contract/odcs-schema.ts'
import type { Rule } from './rule.ts'

/** A place in the contract from which a family makes rules. */
interface Part {
  /** The place of a key below this part, or of the part itself. */
  at(key?: string): Location
  /** Reports that the part cannot be turned into a rule. */
  problem(key: string, message: string): void
  /** Says what is not checked, and why. */
  note(sentence: string): void
}

/** A property, as the schema has checked it. */
export interface PropertyPart extends Part {
  readonly column: string
  readonly property: OdcsProperty
  readonly options: PropertyOptions
  /** `at` and `problem` for a key of `logicalTypeOptions`. */
  readonly option: Pick<Part, 'at' | 'problem'>
}

/** One entry of `quality`, of a property or of the whole object. */
export interface QualityPart extends Part {
  readonly column: string | null
  readonly quality: OdcsQuality
  readonly level: Finding['level']
  /** Data columns by the property's name. */
  readonly columnOf: ReadonlyMap<string, string>
  /** The schema object's names, for SQL. */
  readonly object: string
}

/** The columns of the primary key, in order. */
export interface KeyPart {
  readonly columns: readonly { readonly name: string; readonly location: Location }[]
}

/** A kind of rule: what it makes of each part of a contract. One file in `rules/`, one entry in `rule-families.ts`. */
export interface RuleFamily {
  property?(part: PropertyPart): Rule[]
  /** Null where the entry belongs to another family. */
  quality?(part: QualityPart): Rule[] | null
  key?(part: KeyPart): Rule[]
}
