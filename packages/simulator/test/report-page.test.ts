import { existsSync } from 'node:fs';
import { chromium as playwright } from 'playwright-core';
import { judge, reporters } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { oneLost, record } from './support/recordings.js';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const bad = record(oneLost);
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(chromium))('the page in a browser', () => {
  it('zooms and tells what a bar is, by pointer and by keyboard, under its own policy', async () => {
    const browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: { width: 1200, height: 1200 } });
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.setContent(reporters.html(judge(bad)));
      const exit = page.locator('.mark.exit');
      const before = await exit.getAttribute('transform');
      await page.getByRole('button', { name: 'Zoom in' }).click();
      expect(await exit.getAttribute('transform')).not.toBe(before);
      await page.getByRole('button', { name: 'Whole run' }).click();
      expect(await exit.getAttribute('transform')).toBe(before);
      await page.locator('.bar.bad .box').hover();
      const tip = page.locator('.tip');
      expect(await tip.innerText()).toContain('lost: closed without a response');
      await page.mouse.move(1, 1);
      await page.locator('svg').focus();
      expect(await tip.isVisible()).toBe(false);
      await page.keyboard.press('ArrowDown');
      expect(await tip.innerText()).toContain('process');
      await page.keyboard.press('End');
      expect(await tip.innerText()).toContain('idle connection 1');
      await page.keyboard.press('Escape');
      await page.keyboard.press('+');
      expect(await exit.getAttribute('transform')).not.toBe(before);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it.each([320, 420, 700, 1200])('no word in a chart covers another, %i wide', async (width) => {
    const browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      await page.setContent(reporters.html(judge(bad)));
      const words = page.locator('.mark text:not([visibility=hidden]), .ticks text, .lane');
      const zoomIn = page.getByRole('button', { name: 'Zoom in' });
      for (let zooms = 0; zooms < 5; zooms += 1) {
        const covered = await words.evaluateAll((texts) => {
          const boxes = texts.map((text) => ({
            text: text.textContent,
            ...text.getBoundingClientRect().toJSON(),
          }));
          // Two lines of text may touch.
          const covers = (one: Box, other: Box) =>
            one.left < other.right &&
            other.left < one.right &&
            one.top + 2 < other.bottom &&
            other.top + 2 < one.bottom;
          return boxes.flatMap((one, index) =>
            boxes
              .slice(index + 1)
              .flatMap((other) => (covers(one, other) ? [`${one.text} / ${other.text}`] : [])),
          );
        });
        expect(await words.count()).toBeGreaterThan(4);
        expect(covered).toEqual([]);
        await zoomIn.click();
      }
    } finally {
      await browser.close();
    }
  });
});
