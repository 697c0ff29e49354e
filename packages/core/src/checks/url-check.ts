/**
 * What an address alone asks for, as a check file: the page answers with 2xx, as HTML or JSON, within 5 s, and has 60 s
 * to come up. Redirects are not followed: the page of a login would pass.
 */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: a template of the check language
export const urlCheck = `
checks:
  - name: answers
    http: "\${url}"
    timeout: 5s
    retry: { until: 60s }
    expect:
      status: 200-299
      header: { content-type: { matches: /\\bhtml\\b|\\bjson\\b/i } }
`;
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above
