import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keeps one document for each target in a folder, so that it is there after a reload of the window. */
export class ReportStore<Document> {
  /** @param folder it need not exist; without one nothing is kept */
  constructor(readonly folder: string | undefined) {}

  async write(target: string, document: Document): Promise<void> {
    if (this.folder === undefined) return;
    await mkdir(this.folder, { recursive: true });
    await writeFile(this.#file(this.folder, target), JSON.stringify(document));
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

  #file(folder: string, target: string): string {
    return join(folder, `${createHash('sha256').update(target).digest('hex').slice(0, 24)}.json`);
  }
}
