/** Wilson's score interval of a proportion (1927); 95 % by default. statsmodels: proportion_confint(method='wilson'). */
export function wilsonInterval(hits: number, total: number, z = 1.959963984540054): [low: number, high: number] {
  if (total === 0) return [Number.NaN, Number.NaN]
  const share = hits / total
  const weight = 1 + (z * z) / total
  const centre = (share + (z * z) / (2 * total)) / weight
  const half = (z / weight) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}
