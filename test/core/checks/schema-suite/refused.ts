/** The groups of the suite whose schemas are refused, and the words that say why. A change shows here. */
export const refusedGroups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'draft2020-12': {
    'defs.json: validate definition against metaschema':
      '/$ref "https://json-schema.org/draft/2020-12/schema" leads out of this schema: nothing is fetched',
    'dynamicRef.json: A $dynamicRef resolves to the first $dynamicAnchor still in scope that is encountered when the schema is evaluated':
      '/$defs/list/items/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "items": write `$ref`',
    "dynamicRef.json: A $dynamicRef with intermediate scopes that don't include a matching $dynamicAnchor does not affect dynamic scope resolution":
      '/$defs/list/items/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "items": write `$ref`',
    'dynamicRef.json: A $dynamicRef that initially resolves to a schema with a matching $dynamicAnchor resolves to the first $dynamicAnchor in the dynamic scope':
      '/$defs/bar/properties/baz/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "meta": write `$ref`',
    'dynamicRef.json: multiple dynamic paths to the $dynamicRef keyword':
      '/$defs/genericList/properties/list/items/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "itemType": write `$ref`',
    'dynamicRef.json: after leaving a dynamic scope, it is not used by a $dynamicRef':
      '/$defs/start/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "thingy": write `$ref`',
    'dynamicRef.json: strict-tree schema, guards against misspelled properties':
      '/$ref "tree.json" leads out of this schema: nothing is fetched',
    'dynamicRef.json: tests for implementation dynamic anchor and reference link':
      '/$ref "extendible-dynamic-ref.json" leads out of this schema: nothing is fetched',
    'dynamicRef.json: $ref and $dynamicAnchor are independent of order - $defs first':
      '/allOf/0/$ref "extendible-dynamic-ref.json" leads out of this schema: nothing is fetched',
    'dynamicRef.json: $ref and $dynamicAnchor are independent of order - $ref first':
      '/allOf/1/$ref "extendible-dynamic-ref.json" leads out of this schema: nothing is fetched',
    'dynamicRef.json: $ref to $dynamicRef finds detached $dynamicAnchor':
      '/$ref "http://localhost:1234/draft2020-12/detached-dynamicref.json#/$defs/foo" leads out of this schema: nothing is fetched',
    'dynamicRef.json: $dynamicRef skips over intermediate resources - direct reference':
      '/$defs/bar/$defs/item/properties/content/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "content": write `$ref`',
    'dynamicRef.json: $dynamicRef avoids the root of each schema, but scopes are still registered':
      '/$defs/third/$defs/stuff/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "length": write `$ref`',
    'optional/cross-draft.json: refs to historic drafts are processed as historic drafts':
      '/$ref "http://localhost:1234/draft2019-09/ignore-prefixItems.json" leads out of this schema: nothing is fetched',
    'optional/dynamicRef.json: $dynamicRef skips over intermediate resources - pointer reference across resource boundary':
      '/$defs/bar/$defs/item/properties/content/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "content": write `$ref`',
    'optional/format-assertion.json: schema that uses custom metaschema with format-assertion: false':
      '`$schema` is "http://localhost:1234/draft2020-12/format-assertion-false.json"; 2020-12 and draft-07 are known',
    'optional/format-assertion.json: schema that uses custom metaschema with format-assertion: true':
      '`$schema` is "http://localhost:1234/draft2020-12/format-assertion-true.json"; 2020-12 and draft-07 are known',
    'optional/format/unknown.json: unknown format':
      '/format "unknown" is no known format. Known: date-time, date, time, duration, email, idn-email, hostname, idn-hostname, ipv4, ipv6, uri, uri-reference, uri-template, iri, iri-reference, uuid, json-pointer, relative-json-pointer, regex',
    'ref.json: remote ref, containing refs itself':
      '/$ref "https://json-schema.org/draft/2020-12/schema" leads out of this schema: nothing is fetched',
    'refRemote.json: remote ref':
      '/$ref "http://localhost:1234/draft2020-12/integer.json" leads out of this schema: nothing is fetched',
    'refRemote.json: fragment within remote ref':
      '/$ref "http://localhost:1234/draft2020-12/subSchemas.json#/$defs/integer" leads out of this schema: nothing is fetched',
    'refRemote.json: anchor within remote ref':
      '/$ref "http://localhost:1234/draft2020-12/locationIndependentIdentifier.json#foo" leads out of this schema: nothing is fetched',
    'refRemote.json: ref within remote ref':
      '/$ref "http://localhost:1234/draft2020-12/subSchemas.json#/$defs/refToInteger" leads out of this schema: nothing is fetched',
    'refRemote.json: base URI change':
      '/items/items/$ref "folderInteger.json" leads out of this schema: nothing is fetched',
    'refRemote.json: base URI change - change folder':
      '/$defs/baz/items/$ref "folderInteger.json" leads out of this schema: nothing is fetched',
    'refRemote.json: base URI change - change folder in subschema':
      '/$defs/baz/$defs/bar/items/$ref "folderInteger.json" leads out of this schema: nothing is fetched',
    'refRemote.json: root ref in remote ref':
      '/properties/name/$ref "name-defs.json#/$defs/orNull" leads out of this schema: nothing is fetched',
    'refRemote.json: remote ref with ref to defs':
      '/$ref "ref-and-defs.json" leads out of this schema: nothing is fetched',
    'refRemote.json: Location-independent identifier in remote ref':
      '/$ref "http://localhost:1234/draft2020-12/locationIndependentIdentifier.json#/$defs/ref… leads out of this schema: nothing is fetched',
    'refRemote.json: retrieved nested refs resolve relative to their URI not $id':
      '/properties/name/$ref "nested/foo-ref-string.json" leads out of this schema: nothing is fetched',
    'refRemote.json: remote HTTP ref with different $id':
      '/$ref "http://localhost:1234/draft2020-12/different-id-ref-string.json" leads out of this schema: nothing is fetched',
    'refRemote.json: remote HTTP ref with different URN $id':
      '/$ref "http://localhost:1234/draft2020-12/urn-ref-string.json" leads out of this schema: nothing is fetched',
    'refRemote.json: remote HTTP ref with nested absolute ref':
      '/$ref "http://localhost:1234/draft2020-12/nested-absolute-ref-to-string.json" leads out of this schema: nothing is fetched',
    'refRemote.json: $ref to $ref finds detached $anchor':
      '/$ref "http://localhost:1234/draft2020-12/detached-ref.json#/$defs/foo" leads out of this schema: nothing is fetched',
    'unevaluatedItems.json: unevaluatedItems with $dynamicRef':
      '/$defs/baseSchema/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "addons": write `$ref`',
    'unevaluatedProperties.json: unevaluatedProperties with $dynamicRef':
      '/$defs/baseSchema/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "addons": write `$ref`',
    'vocabulary.json: schema that uses custom metaschema with with no validation vocabulary':
      '`$schema` is "http://localhost:1234/draft2020-12/metaschema-no-validation.json"; 2020-12 and draft-07 are known',
    'vocabulary.json: ignore unrecognized optional vocabulary':
      '`$schema` is "http://localhost:1234/draft2020-12/metaschema-optional-vocabulary.json"; 2020-12 and draft-07 are known',
  },
  draft7: {
    'definitions.json: validate definition against metaschema':
      '/$ref "http://json-schema.org/draft-07/schema#" leads out of this schema: nothing is fetched',
    'optional/cross-draft.json: refs to future drafts are processed as future drafts':
      '/allOf/1/$ref "http://localhost:1234/draft2019-09/dependentRequired.json" leads out of this schema: nothing is fetched',
    'optional/format/unknown.json: unknown format':
      '/format "unknown" is no known format. Known: date-time, date, time, duration, email, idn-email, hostname, idn-hostname, ipv4, ipv6, uri, uri-reference, uri-template, iri, iri-reference, uuid, json-pointer, relative-json-pointer, regex',
    'ref.json: ref overrides any sibling keywords':
      '/properties/foo/maxItems stands beside `$ref`, and draft-07 passes it over: put both under `allOf`',
    'ref.json: remote ref, containing refs itself':
      '/$ref "http://json-schema.org/draft-07/schema#" leads out of this schema: nothing is fetched',
    'refRemote.json: remote ref':
      '/$ref "http://localhost:1234/integer.json" leads out of this schema: nothing is fetched',
    'refRemote.json: fragment within remote ref':
      '/$ref "http://localhost:1234/draft7/subSchemas.json#/definitions/integer" leads out of this schema: nothing is fetched',
    'refRemote.json: ref within remote ref':
      '/$ref "http://localhost:1234/draft7/subSchemas.json#/definitions/refToInteger" leads out of this schema: nothing is fetched',
    'refRemote.json: base URI change':
      '/items/items/$ref "folderInteger.json" leads out of this schema: nothing is fetched',
    'refRemote.json: base URI change - change folder':
      '/definitions/baz/items/$ref "folderInteger.json" leads out of this schema: nothing is fetched',
    'refRemote.json: base URI change - change folder in subschema':
      '/definitions/baz/definitions/bar/items/$ref "folderInteger.json" leads out of this schema: nothing is fetched',
    'refRemote.json: root ref in remote ref':
      '/properties/name/$ref "draft7/name.json#/definitions/orNull" leads out of this schema: nothing is fetched',
    'refRemote.json: remote ref with ref to definitions':
      '/allOf/0/$ref "draft7/ref-and-definitions.json" leads out of this schema: nothing is fetched',
    'refRemote.json: Location-independent identifier in remote ref':
      '/$ref "http://localhost:1234/draft7/locationIndependentIdentifier.json#/definitions/ref… leads out of this schema: nothing is fetched',
    'refRemote.json: retrieved nested refs resolve relative to their URI not $id':
      '/properties/name/$ref "nested/foo-ref-string.json" leads out of this schema: nothing is fetched',
    'refRemote.json: $ref to $ref finds location-independent $id':
      '/$ref "http://localhost:1234/draft7/detached-ref.json#/definitions/foo" leads out of this schema: nothing is fetched',
  },
};
