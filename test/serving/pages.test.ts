import { existsSync } from 'node:fs'
import { ApiKeys } from '@mlwright/serving'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { chromium } from 'playwright-core'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { serve, telco } from './fixture.ts'

const executablePath = process.env.MLWRIGHT_TEST_CHROMIUM ?? '/usr/bin/chromium'
const key = 'alice-0123456789abcdef'

let churn: Awaited<ReturnType<typeof telco>>
beforeAll(async () => {
  churn = await telco()
})

describe('GET /openapi.json', () => {
  it('describes the columns so that its own example and real rows fit, and wrong ones do not', async () => {
    const { send } = await serve({ v1: churn.model })
    const { json } = await send('GET', '/openapi.json')
    expect([json.openapi, json.info.version]).toEqual(['3.1.0', 'v1'])
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const validate = ajv.compile({ ...json.components.schemas.Row })
    const { example } = json.paths['/predict'].post.requestBody.content['application/json']
    expect([example, churn.row(0), churn.row(488)].map((row) => validate(row))).toEqual([true, true, true])
    const { tenure: _, ...without } = churn.row(0)
    expect([without, { ...churn.row(0), contract: 5 }].map((row) => validate(row))).toEqual([false, false])
    expect((await send('POST', '/predict', example)).status).toBe(200)
    expect(json.components.schemas.Predictions.properties.prediction.enum).toEqual(['No', 'Yes'])
  })

  it('says that keys are needed where they are', async () => {
    const open = await serve({ v1: churn.model })
    expect((await open.send('GET', '/openapi.json')).json.components.securitySchemes).toBeUndefined()
    const closed = await serve({ v1: churn.model }, { keys: ApiKeys.parse(key, 'keys') })
    const { json } = await closed.send('GET', '/openapi.json')
    expect(Object.keys(json.components.securitySchemes)).toEqual(['bearer', 'apiKey'])
  })
})

describe('GET /docs', () => {
  it('escapes names that are markup', async () => {
    const name = '"><img src=x onerror=alert(1)>'
    const file = model({
      nodes: [node('Identity', [name], ['y'])],
      inputs: [tensorType(name, 1, ['N', 1])],
      outputs: [tensorType('y', 1, ['N', 1])],
    })
    const { send } = await serve({ '<v1>': file })
    const { text } = await send('GET', '/docs')
    expect(text).not.toContain('<img')
    expect(text).toContain('&lt;v1&gt;')
    expect((await send('GET', '/')).headers.get('location')).toBe('/docs')
  })

  it.skipIf(!existsSync(executablePath))(
    'predicts with the keyboard alone, shows the wrong column, and asks nobody else (skipped where there is no Chromium)',
    async () => {
      const { url } = await serve({ v1: churn.model }, { keys: ApiKeys.parse(`alice:${key}`, 'keys') })
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
      onTestFinished(() => browser.close())
      const page = await browser.newPage()
      const asked = new Set<string>()
      const complaints: string[] = []
      page.on('request', (request) => asked.add(new URL(request.url()).origin))
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(`${url}/docs`)
      const { keyboard } = page
      const focused = () => page.evaluate('document.activeElement.dataset.column ?? document.activeElement.id')
      const answer = (text: RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()

      await keyboard.press('Tab')
      expect(await focused()).toBe('key')
      await keyboard.type('wrong')
      await keyboard.press('Enter')
      await answer(/The API key is not known\./)
      expect(await focused()).toBe('key')
      await keyboard.press('Control+A')
      await keyboard.type(key)
      for (const [column, value] of Object.entries(churn.row(0))) {
        await keyboard.press('Tab')
        expect(await focused()).toBe(column)
        if (value !== null) await keyboard.type(String(value))
      }
      await keyboard.press('Enter')
      await answer(/^(Yes|No).*%/)

      await page.getByLabel('tenure').focus()
      await keyboard.type('x')
      await keyboard.press('Enter')
      await answer(/the column tenure is "1x"; it has to be a number or null/)
      expect(await focused()).toBe('tenure')
      expect(await page.getByLabel('tenure').getAttribute('aria-invalid')).toBe('true')
      expect(
        await page.evaluate(
          '[...document.querySelectorAll("input,select")].every((field) => field.labels.length === 1)',
        ),
      ).toBe(true)
      expect([...asked]).toEqual([url])
      // The browser itself reports the two refusals, 401 and 400.
      expect(complaints.filter((text) => !/status of 40[01]/.test(text))).toEqual([])
    },
    60_000,
  )
})
