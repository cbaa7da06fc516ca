// Without a browser: every link lands, every page has the policy and nothing of the machine it was made on.
import path from 'node:path';

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types trueup";

export async function run({ site, ok }) {
  const ids = new Map();
  for (const page of site.pages) {
    const all = [...site.text(page).matchAll(/\sid="([^"]*)"/g)].map((match) => decode(match[1]));
    const set = new Set(all);
    ids.set(page, set);
    if (set.size !== all.length) {
      ok(`${page}: ids are unique`, false, all.filter((id, at) => all.indexOf(id) !== at).slice(0, 5).join(' '));
    }
  }
  const broken = [];
  let links = 0;
  for (const page of site.pages) {
    for (const [, raw] of site.text(page).matchAll(/\shref="([^"]*)"/g)) {
      const href = decode(raw);
      if (/^(https?|mailto):/i.test(href)) { continue; }
      links += 1;
      const [file, hash] = split(href);
      const target = file === '' ? page : path.posix.normalize(path.posix.join(path.posix.dirname(page), file));
      const known = site.files.includes(target);
      const lands = hash === undefined || !target.endsWith('.html') || ids.get(target)?.has(hash);
      if (!known || !lands) { broken.push(`${page} -> ${href}`); }
    }
  }
  ok(`${links} links land`, broken.length === 0, broken.slice(0, 8).join('\n       '));

  const policies = site.pages.filter((page) => !site.text(page).includes(`<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${POLICY}">`));
  ok('every page begins with the policy', policies.length === 0, policies.join(' '));

  const inline = site.pages.filter((page) => /<style|<script(?![^>]*src=")|\sstyle="|<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*\son[a-z]+="/.test(site.text(page)));
  ok('no page holds inline script or style', inline.length === 0, inline.join(' '));

  const sources = site.pages.flatMap((page) => [...site.text(page).matchAll(/<(?:script|link|img|iframe|source|object|embed)\b[^>]*>/g)].map((match) => match[0]));
  const strange = sources.filter((tag) => !/^<script src="\.{1,2}\/assets\/site\.js">$|^<link rel="stylesheet" href="\.{1,2}\/assets\/site\.css">$/.test(tag));
  ok('a page asks for its stylesheet and its script, and nothing else', strange.length === 0, strange.slice(0, 3).join('\n'));
  ok('titles begin with what differs', new Set(site.pages.filter((p) => p !== 'print.html').map((page) => /<title>([^<]*)/.exec(site.text(page))?.[1])).size >= Math.min(site.pages.length - 1, 4));
}

function split(href) {
  const at = href.indexOf('#');
  return at < 0 ? [href, undefined] : [href.slice(0, at), decodeURIComponent(href.slice(at + 1))];
}

function decode(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
