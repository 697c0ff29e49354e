// What flyctl asks about apps, word for word.

export const appQuery =
  'query ($appName: String!) { app(name: $appName) { id internalNumericId name hostname deployed status version appUrl platformVersion currentRelease { evaluationId status inProgress version } config { definition } organization { id slug paidPlan } services { description protocol internalPort ports { port handlers } } ipAddresses { nodes { id address type createdAt } } sharedIpAddress cnameTarget imageDetails { registry repository tag digest version } machines{ nodes { id name config state region createdAt app { name } ips { nodes { family kind ip maskSize } } host { id } } } postgresAppRole: role { name } } }';

export const organizationQuery =
  'query($slug: String!) { organization(slug: $slug) { id internalNumericId slug rawSlug name type billable } }';

export const organizationsQuery =
  'query($admin: Boolean!) { organizations(admin: $admin) { nodes { id slug rawSlug name type paidPlan billable viewerRole internalNumericId } } }';

export const appsQuery =
  'query($org: ID, $after: String) { apps(type: "container", first: 200, after: $after, organizationId: $org) { pageInfo { hasNextPage endCursor } nodes { id name deployed hostname platformVersion network organization { slug name } currentRelease { createdAt status } status } } }';

/** Whether a bucket of static files is to go with the app. */
export const statics = {
  operationName: 'ListOrganizationAddOns',
  query: `
query ListOrganizationAddOns ($orgSlug: String!, $addOnType: AddOnType) {
	organization(slug: $orgSlug) {
		addOns(type: $addOnType) {
			nodes {
				id
				name
				addOnPlan {
					displayName
					description
				}
				privateIp
				primaryRegion
				readRegions
				options
				metadata
			}
		}
	}
}
`,
};
