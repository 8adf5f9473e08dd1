import { expect, it } from 'vitest'
import {
  configForm,
  fits,
  mappingsOf,
  withConfig,
  withMapping,
  withNewMapping,
  withoutMapping,
} from './config-form.ts'

const config = {
  mode: 'upsert',
  mappings: [
    { to: 'email', from: 'email', type: 'standard' },
    { to: 'firstname', from: 'full_name', type: 'template', template: '{{ x }}' },
  ],
  configVersion: 2,
}
const hubspot = configForm('hubspot')

it('[W2] has forms for hubspot and http; others are checked JSON', () => {
  expect(['hubspot', 'http', 'salesforce', 'constructor'].map((type) => configForm(type) !== null)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

it('[F10] leaves every value alone that it does not show', () => {
  expect(withMapping(config, 1, 'to', 'first')).toEqual({
    ...config,
    mappings: [config.mappings[0], { ...config.mappings[1], to: 'first' }],
  })
  expect(withoutMapping(withNewMapping(config), 2)).toEqual(config)
  expect(withConfig(config, 'mode', '')).toEqual({ mappings: config.mappings, configVersion: 2 })
})

it('[F10] gives up the form for values that it cannot hold', () => {
  expect(hubspot && fits(hubspot, config)).toBe(true)
  expect(hubspot && fits(hubspot, { ...config, object: 3 })).toBe(false)
  expect(hubspot && fits(hubspot, { mappings: [{ to: { nested: true } }] })).toBe(false)
  expect(mappingsOf({ mappings: 'all' })).toBe(null)
})
