import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type DashboardInput, renderDashboard } from '@mlwright/report'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { churn, dashboard } from './dashboard-fixture.ts'

const executablePath = process.env.MLWRIGHT_TEST_CHROMIUM ?? '/usr/bin/chromium'

/** The least contrast of any visible text with what is behind it, by WCAG 2.2, and what it says. */
const leastContrast = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number)
  const over = ([r, g, b, a = 1], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)]
  const behind = (element) => {
    if (!element) return [255, 255, 255]
    return over(channels(getComputedStyle(element).backgroundColor), behind(element.parentElement))
  }
  const luminance = (colour) => {
    const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const all = []
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join('')
    if (text === '' || element.closest('script,title,desc')) continue
    const style = getComputedStyle(element)
    const front = channels(element.namespaceURI.endsWith('svg') ? style.fill : style.color)
    const [light, dark] = [luminance(front), luminance(behind(element))].sort((a, b) => b - a)
    all.push([(light + 0.05) / (dark + 0.05), text])
  }
  return all.sort(([a], [b]) => a - b)[0]
})()`

describe.skipIf(!existsSync(executablePath))('the dashboard in a browser (skipped where there is no Chromium)', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  })
  afterAll(() => browser?.close())

  /** Opens the page from a disk; `asked` has every request, `complaints` what the browser found wrong. */
  async function open(input: DashboardInput, colorScheme: 'light' | 'dark' = 'light') {
    const folder = mkdtempSync(join(tmpdir(), 'mlwright-dashboard-'))
    const file = join(folder, 'index.html')
    writeFileSync(file, renderDashboard(input))
    const page = await browser.newPage({ colorScheme, viewport: { width: 1000, height: 800 } })
    onTestFinished(async () => {
      await page.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const asked: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('dialog', (dialog) => complaints.push(dialog.message()))
    const url = pathToFileURL(file).href
    await page.goto(url)
    return { page, asked, complaints, url }
  }

  const experiments = (page: Page) => page.getByRole('table', { name: /^Experiments of churn/ })
  const column = async (page: Page, at: number) =>
    (await experiments(page).locator(`tbody tr > :nth-child(${at})`).allInnerTexts()).map((text) => text.trim())

  it('sorts experiments with the keyboard alone; what has no value stands last', async () => {
    const { page, asked, complaints, url } = await open(dashboard)
    const { keyboard } = page
    await keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
    const focused = () => page.evaluate('document.activeElement.innerText.trim()')
    for (let presses = 0; (await focused()) !== 'roc_auc' && presses < 60; presses++) await keyboard.press('Tab')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')

    const head = experiments(page).getByRole('columnheader', { name: 'roc_auc' })
    await keyboard.press('Enter')
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect(await column(page, 5)).toEqual(['0.8412', '0.8377', '0.8291', '–'])
    await page.getByRole('status').filter({ hasText: 'Sorted by roc_auc, descending.' }).waitFor({ state: 'attached' })
    await keyboard.press('Space')
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    expect(await column(page, 5)).toEqual(['0.8291', '0.8377', '0.8412', '–'])
    expect(await focused()).toBe('roc_auc')

    await keyboard.press('Tab')
    await keyboard.press('Enter')
    expect(await column(page, 6)).toEqual(['0.1588', '0.1623', '0.1709', '–'])
    expect(await experiments(page).locator('[aria-sort]').count()).toBe(1)
    expect(asked).toEqual([url])
    expect(complaints).toEqual([])
  })

  it('sorts with the mouse, numbers by size and texts as words', async () => {
    const { page } = await open(dashboard)
    await experiments(page).getByRole('button', { name: 'param rounds' }).click()
    expect(await column(page, 8)).toEqual(['50', '200', '200', '1,000'])
    await experiments(page).getByRole('button', { name: 'Version' }).click()
    expect(await column(page, 4)).toEqual(['v1.0.0', 'v1.1.0', '–', '–'])
    const drift = page.getByRole('table', { name: /^Drift of churn/ })
    await drift.getByRole('button', { name: 'Column' }).click()
    await drift.getByRole('button', { name: 'Column' }).click()
    expect(await drift.getByRole('rowheader').allInnerTexts()).toEqual(['tenure', 'monthly_charges'])
  })

  it.each([
    'light',
    'dark',
  ] as const)('is %s where the reader wants it so, with contrast enough for WCAG AA', async (scheme) => {
    const { page } = await open(dashboard, scheme)
    await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true')
    const back = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(back).toBe(scheme === 'light' ? 'rgb(246, 248, 250)' : 'rgb(1, 4, 9)')
    const [contrast, text] = (await page.evaluate(leastContrast)) as [number, string]
    expect(contrast, text).toBeGreaterThanOrEqual(4.5)
  })

  it('has landmarks, one outline of headings, and a name for every table and picture', async () => {
    const { page } = await open(dashboard)
    expect(await page.getByRole('main').count()).toBe(1)
    expect(await page.getByRole('navigation', { name: 'Models' }).getByRole('link').allInnerTexts()).toEqual([
      'churn',
      'idle',
    ])
    const levels = (await page.evaluate(
      '[...document.querySelectorAll("h1,h2,h3,h4")].map((heading) => Number(heading.tagName[1]))',
    )) as number[]
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    expect(levels.filter((level, at) => at > 0 && level > levels[at - 1]! + 1)).toEqual([])
    const names = await page.getByRole('region').evaluateAll((regions) =>
      regions.map((region) => {
        const [id] = [region.getAttribute('aria-labelledby')]
        return (id && region.ownerDocument.getElementById(id)?.textContent) ?? ''
      }),
    )
    expect(names.filter((name) => name.trim() === '')).toEqual([])
    expect(await page.locator('table:not(:has(caption))').count()).toBe(0)
    await page.getByRole('img', { name: 'roc_auc of churn on main' }).waitFor()
    await page
      .getByRole('img', { name: /^Effect as a share of its threshold/ })
      .first()
      .waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })

  it('runs and loads nothing that a record brings', async () => {
    const attack = '<img src="https://evil.example/x" onerror="document.title=1"><script>document.title=1</script>'
    const { page, asked, complaints, url } = await open({
      ...dashboard,
      title: attack,
      models: [{ ...churn, name: attack, stages: { [attack]: attack }, problems: [attack] }],
    })
    expect(await page.title()).toContain('<img src=')
    expect(await page.locator('img').count()).toBe(0)
    expect([asked, complaints]).toEqual([[url], []])
    await page.evaluate(`{
      const script = document.createElement('script')
      script.textContent = 'document.title = "run"'
      document.body.append(script)
      document.body.insertAdjacentHTML('beforeend', '<img src="https://evil.example/x" onerror="document.title = 1">')
    }`)
    expect(await page.title()).toContain('<img src=')
    expect(asked.filter((address) => !address.startsWith('file:') && !complaints.join().includes(address))).toEqual([])
  })

  it('can be read on a narrow screen, where tables alone scroll', async () => {
    const { page } = await open(dashboard)
    await page.setViewportSize({ width: 360, height: 700 })
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    const region = page.getByRole('region', { name: /^Experiments of churn/ })
    await region.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0)
  })
})
