import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the pictures are kept. */
export const pictures = fileURLToPath(new URL('../../../../.cache/screenshots/', import.meta.url));

/**
 * @typedef {import('../../../../tools/vscode-host/host.mjs').Page} Page
 */

/** The workbench as a user works with it: by keyboard, and by what is on the screen. */
export class Workbench {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.quickInput = page.locator('.quick-input-widget');
    this.lines = page.locator('.monaco-editor .view-line');
    this.lens = page.locator('.codelens-decoration a', { hasText: 'Simulate SIGTERM' });
    this.verdict = page.locator('.codelens-decoration a', { hasText: /^[✓✗?]/u });
    this.toasts = page.locator('.notifications-toasts .notification-list-item');
    this.problems = page.locator('.markers-panel .monaco-list-row');
  }

  /** @param {string} url */
  async open(url) {
    // Its own "load" event comes seconds later than what we look at.
    await this.page.goto(url, { waitUntil: 'commit' });
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /**
   * Opens a file by its path in the workspace.
   * @param {string} path
   */
  async openFile(path) {
    await this.page.keyboard.press('Control+P');
    await this.#pick(path, path.slice(path.lastIndexOf('/') + 1));
    await this.lines.first().waitFor();
  }

  /**
   * Runs a command as the palette lists it.
   * @param {string} label
   */
  async run(label) {
    await this.page.keyboard.press('F1');
    await this.#pick(`>${label}`, label);
  }

  /**
   * What the palette lists for some words.
   * @param {string} words
   * @returns {Promise<string[]>}
   */
  async paletteEntries(words) {
    await this.page.keyboard.press('F1');
    await this.#quickInputBox().fill(`>${words}`);
    const rows = this.quickInput.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const entries = await rows.allInnerTexts();
    await this.page.keyboard.press('Escape');
    await this.quickInput.waitFor({ state: 'hidden' });
    return entries;
  }

  /**
   * Puts the cursor on a line, counted from 1.
   * @param {number} line
   */
  async goToLine(line) {
    await this.lines.first().click();
    await this.page.keyboard.press('Control+G');
    await this.#quickInputBox().fill(`:${String(line)}:1`);
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
    await this.page.locator('.monaco-editor.focused').waitFor();
  }

  /**
   * Opens the menu of quick fixes at the cursor. The workbench closes it, or never opens it, where a language server
   * says something new meanwhile; a user presses the key again.
   * @param {string} title a fix that is to be in it
   */
  async openQuickFixes(title) {
    const fix = this.page.locator('.action-widget .monaco-list-row', { hasText: title });
    for (let tries = 10; ; tries -= 1) {
      await this.page.keyboard.press('Control+.');
      try {
        await fix.waitFor({ timeout: 8000 });
        return;
      } catch (error) {
        if (tries === 0) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /**
   * Keeps what is on the screen as a picture.
   * @param {string} name
   */
  async picture(name) {
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  /** The page inside the panel on the screen: a webview is a frame in a frame. */
  report() {
    return this.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
  }

  #quickInputBox() {
    return this.quickInput.locator('input.input');
  }

  /**
   * @param {string} text
   * @param {string} row
   */
  async #pick(text, row) {
    await this.#quickInputBox().fill(text);
    await this.quickInput.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor();
    await this.page.keyboard.press('Enter');
    // A key pressed while it is still there goes to it.
    await this.quickInput.waitFor({ state: 'hidden' });
  }
}
