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
    this.statusBarItem = page.locator('.statusbar-item[id$="gracefulShutdown.status"]');
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
    await this.#pick('Control+P', path, path.slice(path.lastIndexOf('/') + 1));
    await this.lines.first().waitFor();
  }

  /**
   * Runs a command as the palette lists it.
   * @param {string} label
   */
  async run(label) {
    await this.#pick('F1', `>${label}`, label);
  }

  /**
   * Takes an entry of a list that asks something.
   * @param {string} title of the list
   * @param {string | RegExp} entry
   */
  async choose(title, entry) {
    await this.quickInput.filter({ hasText: title }).waitFor();
    await this.#entries.filter({ hasText: entry }).first().click();
  }

  /**
   * What the palette lists for some words.
   * @param {string} words
   * @returns {Promise<string[]>}
   */
  async paletteEntries(words) {
    await this.page.keyboard.press('F1');
    await this.#quickInputBox().fill(`>${words}`);
    await this.#entries.first().waitFor();
    const entries = await this.#entries.allInnerTexts();
    await this.page.keyboard.press('Escape');
    await this.quickInput.waitFor({ state: 'hidden' });
    return entries;
  }

  /**
   * Opens the menu of a file that the explorer shows. The tree still moves while the workbench starts: the menu is then
   * that of another row, or is closed again; a user opens it once more.
   * @param {string} name
   * @param {string} entry what is to be in it
   */
  async openContextMenu(name, entry) {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
    await this.#openUntilShown(
      () => row.click({ button: 'right' }),
      this.page.locator('.monaco-menu .action-label', { hasText: entry }),
    );
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
    await this.#openUntilShown(
      () => this.page.keyboard.press('Control+.'),
      this.page.locator('.action-widget .monaco-list-row', { hasText: title }),
    );
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

  get #entries() {
    return this.quickInput.locator('.quick-input-list .monaco-list-row');
  }

  /**
   * @param {() => Promise<void>} open a menu
   * @param {ReturnType<Page['locator']>} entry that is to be in it
   */
  async #openUntilShown(open, entry) {
    for (let tries = 10; ; tries -= 1) {
      await open();
      try {
        await entry.waitFor({ timeout: 8000 });
        return;
      } catch (error) {
        if (tries === 0) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  #quickInputBox() {
    return this.quickInput.locator('input.input');
  }

  /**
   * Opens a list by its key, and takes the entry that it has in front for some text. It lists what there is as it is opened:
   * until the workbench knows that a workspace is trusted, no command that needs trust. A user opens it again.
   * @param {string} key
   * @param {string} text
   * @param {string} entry
   */
  async #pick(key, text, entry) {
    const first = this.quickInput.locator('.monaco-list-row.focused', { hasText: entry });
    for (let tries = 10; ; tries -= 1) {
      await this.page.keyboard.press(key);
      try {
        await this.#quickInputBox().fill(text, { timeout: 8000 });
        await first.waitFor({ timeout: 8000 });
        break;
      } catch (error) {
        const listed = (await this.#entries.allInnerTexts()).join(', ').replaceAll('\n', ' ');
        if (tries === 0)
          throw new Error(`“${entry}” is not in front for “${text}”, but: ${listed}`, { cause: error });
        await this.page.keyboard.press('Escape');
      }
    }
    await this.page.keyboard.press('Enter');
    // A key pressed while it is still there goes to it. What it has led to may be another list.
    await this.page.waitForFunction(
      ([box, text]) => !box?.checkVisibility() || box.value !== text,
      /** @type {const} */ ([await this.#quickInputBox().elementHandle(), text]),
    );
  }
}
