import { type FieldNode, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';

/** Everything hangs off `app(name:)`, so its routes are told apart by what is asked below it. */
const belowApp: Readonly<Record<string, string>> = {
  image: 'graphql.app.image',
  releases: 'graphql.app.releases',
  releasesUnprocessed: 'graphql.app.releases',
  currentRelease: 'graphql.app.current-release',
  currentReleaseUnprocessed: 'graphql.app.current-release',
  egressIpAddresses: 'graphql.app.egress-ips',
  ipAddresses: 'graphql.app.ip-addresses',
};

/** `graphql.viewer`, `graphql.app.releases`: from the document's root fields. */
export function graphqlRouteName(body: Buffer): string | undefined {
  const root = rootFields(body).at(0);
  if (root === undefined) return undefined;
  if (root.name.value !== 'app') return `graphql.${root.name.value}`;
  const below = fields(root.selectionSet).map(({ name }) => belowApp[name.value]);
  return below.find((name) => name !== undefined) ?? 'graphql.app';
}

function rootFields(body: Buffer): FieldNode[] {
  try {
    const { query } = Object(JSON.parse(body.toString('utf8')));
    return parse(String(query))
      .definitions.filter((node): node is OperationDefinitionNode => node.kind === 'OperationDefinition')
      .flatMap((operation) => fields(operation.selectionSet));
  } catch {
    return [];
  }
}

function fields(selection: SelectionSetNode | undefined): FieldNode[] {
  return (selection?.selections ?? []).filter((node): node is FieldNode => node.kind === 'Field');
}
