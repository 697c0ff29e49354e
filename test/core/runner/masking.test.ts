import { describe, expect, it } from 'vitest';
import { maskForms } from '../../../packages/core/src/runner/masking.ts';

const hex = (text: string) => Buffer.from(text).toString('hex');

describe('maskForms', () => {
  it('are the secret and its hex, in both cases', () => {
    expect(maskForms('hush-hush')).toEqual({
      forms: ['hush-hush', '687573682d68757368', '687573682D68757368'],
    });
  });

  it('hold URL-safe base64 at all three offsets', () => {
    const secret = 'ÿþ?~>ÿþ';
    const { forms } = maskForms(secret);
    for (const around of ['', 'a', 'ab', 'abc']) {
      const encoded = Buffer.from(`${around}${secret}zz`).toString('base64url');
      expect(forms.some((form) => /[-_]/.test(form) && encoded.includes(form))).toBe(true);
    }
  });

  it('hold what other languages and shells make of it', () => {
    const { forms } = maskForms(`it's/me&<you>`);
    expect(forms).toEqual(
      expect.arrayContaining([
        `it's\\/me&<you>`,
        `it's/me\\u0026\\u003cyou\\u003e`,
        `it's%2fme%26%3cyou%3e`,
        `it%27s%2Fme%26%3Cyou%3E`,
        `it&#39;s/me&#38;&#60;you&#62;`,
        `it&#x27;s/me&#x26;&#x3c;you&#x3e;`,
        `it'\\''s/me&<you>`,
      ]),
    );
  });

  it('hold the payload and the signature of a JWT, not its common header', () => {
    const { forms } = maskForms('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlc2ln');
    expect(forms).toEqual(
      expect.arrayContaining(['eyJzdWIiOiIxMjM0In0', 'c2lnbmF0dXJlc2ln', hex('c2lnbmF0dXJlc2ln')]),
    );
    expect(forms).not.toContain('eyJhbGciOiJIUzI1NiJ9');
  });

  it('hold each token of a Fly macaroon, not the name of the scheme', () => {
    const { forms } = maskForms('FlyV1 fm2_lJPECAAAAAAA,fm2_lJPETbbbbbbb');
    expect(forms).toEqual(expect.arrayContaining(['fm2_lJPECAAAAAAA', 'fm2_lJPETbbbbbbb']));
    expect(forms).not.toContain('FlyV1');
  });

  it('hold the password of a user and password', () => {
    expect(maskForms('deploy:pa55word').forms).toContain('pa55word');
  });

  it('take a URL for one secret, not for a user and password', () => {
    expect(maskForms('https://hooks.example/T0/B0').forms).not.toContain('//hooks.example/T0/B0');
  });

  it('hold each line of a secret of several lines, and the whole as JSON writes it, never the short lines', () => {
    const { forms, warning } = maskForms('{\n  "key": "hushhush"\n}');
    expect(forms).toEqual(
      expect.arrayContaining(['"key": "hushhush"', '{\\n  \\"key\\": \\"hushhush\\"\\n}']),
    );
    expect(forms.filter((form) => form.length < 4)).toEqual([]);
    expect(warning).toBe(
      "2 of a secret's 3 lines are shorter than 4 characters and cannot be masked in the log.",
    );
  });

  it('are none for a secret too short to mask without blotting out the log', () => {
    expect(maskForms('abc')).toEqual({
      forms: [],
      warning: 'A secret is shorter than 4 characters and cannot be masked in the log.',
    });
  });

  it('are none for nothing', () => {
    expect(maskForms(' \n ')).toEqual({ forms: [] });
  });
});
