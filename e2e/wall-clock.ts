import type { Page } from '@playwright/test'
import { expect } from './fixtures'

/** A question of the wall later; its clock moves on by so many seconds. */
export async function later(page: Page, seconds: number): Promise<void> {
  await expect(page.locator('.wall[data-live]')).toBeAttached()
  await page.clock.fastForward(seconds * 1000)
}
