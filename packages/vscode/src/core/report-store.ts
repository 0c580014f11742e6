import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** No one has so many panels open; a file that is deleted or renamed takes no report with it. */
const MOST = 50;

/** Keeps one document for each target in a folder, those of the latest targets, so that it is there after a reload of the window. */
export class ReportStore<Document> {
  #written: Promise<void> = Promise.resolve();

  /** @param folder it need not exist; without one nothing is kept */
  constructor(readonly folder: string | undefined) {}

  /** One after the other: of two documents of a target the later one stays. */
  write(target: string, document: Document): Promise<void> {
    const writing = this.#written.then(() => this.#write(target, document));
    this.#written = writing.catch(() => undefined);
    return writing;
  }

  async #write(target: string, document: Document): Promise<void> {
    if (this.folder === undefined) return;
    const file = this.#file(this.folder, target);
    await mkdir(this.folder, { recursive: true });
    // A window that is closed meanwhile leaves the document of before.
    await writeFile(`${file}.new`, JSON.stringify(document));
    await rename(`${file}.new`, file);
    await this.#dropOldest(this.folder);
  }

  /** Undefined where nothing was kept, or what is there cannot be read. */
  async read(target: string): Promise<Document | undefined> {
    if (this.folder === undefined) return undefined;
    try {
      return JSON.parse(await readFile(this.#file(this.folder, target), 'utf8')) as Document;
    } catch {
      return undefined;
    }
  }

  async #dropOldest(folder: string): Promise<void> {
    const files = (await readdir(folder))
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name));
    if (files.length <= MOST) return;
    const dated = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
    const oldest = dated.toSorted((one, other) => other.at - one.at).slice(MOST);
    await Promise.all(oldest.map(({ file }) => rm(file, { force: true })));
  }

  #file(folder: string, target: string): string {
    return join(folder, `${createHash('sha256').update(target).digest('hex').slice(0, 24)}.json`);
  }
}
