import { z } from 'zod'

/** What a model's monitoring has spent of a year's false alarms, look by look, on the records branch. */
export const BudgetLedger = z.object({
  kind: z.literal('BudgetLedger'),
  version: z.literal(1),
  /** `look` is the end of its point's id, the same for all attempts of a workflow run; `data` tells what was compared; `rows` of the current data are absent in older ones. */
  looks: z.array(
    z.object({
      look: z.string(),
      data: z.string(),
      spent: z.number().nonnegative(),
      rows: z.number().int().nonnegative().optional(),
    }),
  ),
})
export type BudgetLedger = z.infer<typeof BudgetLedger>

/** Where a model's ledger of a calendar year stands. */
export const budgetPath = (model: string, year: string): string => `budgets/${model}/${year}.json`
