// Every kind of page is valid HTML.
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // A title is as long as the document's own.
    'long-title': 'off',
    // One `role="img"` picture needs its title and description by id; the rest is the validator's taste.
    'prefer-native-element': ['error', { exclude: ['img', 'listbox', 'option'] }],
    'no-trailing-whitespace': 'off',
    // Ids are the items' own.
    'valid-id': ['error', { relaxed: true }],
    'require-sri': 'off',
  },
});

export async function run({ site, ok }) {
  for (const page of site.kinds) {
    const report = await validator.validateString(site.text(page), page);
    const messages = report.results.flatMap((result) => result.messages);
    ok(`${page} is valid`, report.valid && messages.length === 0,
      messages.slice(0, 6).map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`).join('\n       '));
  }
}
