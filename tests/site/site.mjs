// A drawn site as a folder of files, and one page of each kind.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export class Site {
  constructor(dir) {
    this.dir = dir;
    this.files = walk(dir).map((file) => path.relative(dir, file).split(path.sep).join('/')).sort();
    this.pages = this.files.filter((file) => file.endsWith('.html'));
  }

  url(page, hash = '') { return pathToFileURL(path.join(this.dir, page)).href + hash; }

  text(page) { return fs.readFileSync(path.join(this.dir, page), 'utf8'); }

  // One page of every kind: of a folder its index and its longest page.
  get kinds() {
    const kinds = this.pages.filter((page) => !page.includes('/'));
    const folders = new Set(this.pages.filter((page) => page.includes('/')).map((page) => page.split('/')[0]));
    for (const folder of folders) {
      const inside = this.pages.filter((page) => page.startsWith(`${folder}/`));
      const index = inside.filter((page) => page.endsWith('/index.html'));
      const size = (page) => fs.statSync(path.join(this.dir, page)).size;
      const others = inside.filter((page) => !page.endsWith('/index.html')).sort((a, b) => size(b) - size(a));
      kinds.push(...index, ...others.slice(0, 1));
    }
    return kinds;
  }

  // The longest page of a checklist, where there is one.
  get checklist() { return this.kinds.find((page) => /^checklists\/.+-[0-9a-f]{8}\.html$/.test(page)); }
}

function walk(dir) {
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(dir, entry.name);
    return entry.isDirectory() ? walk(file) : [file];
  });
}
