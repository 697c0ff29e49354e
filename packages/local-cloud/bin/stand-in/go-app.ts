export interface ListedApp {
  readonly id: string;
  readonly name: string;
  readonly deployed: boolean;
  readonly hostname: string;
  readonly platformVersion: string;
  readonly network: string | null;
  readonly organization: { readonly slug: string; readonly name: string };
  readonly currentRelease: { readonly createdAt: string; readonly status: string } | null;
  readonly status: string;
}

/** Go prints the whole struct: what was not asked for is there as its zero. */
export function appAsGoPrints(app: ListedApp) {
  return {
    ...emptyApp,
    ID: app.id,
    Name: app.name,
    Status: app.status,
    Deployed: app.deployed,
    Hostname: app.hostname,
    Network: app.network ?? '',
    Organization: { ...emptyOrganization, Name: app.organization.name, Slug: app.organization.slug },
    CurrentRelease:
      app.currentRelease === null
        ? null
        : {
            ...emptyRelease,
            Status: app.currentRelease.status,
            CreatedAt: app.currentRelease.createdAt,
          },
    PlatformVersion: app.platformVersion,
  };
}

const emptyRelease = {
  ID: '',
  Version: 0,
  Stable: false,
  InProgress: false,
  Reason: '',
  Description: '',
  DeploymentStrategy: '',
  Metadata: null,
  User: { ID: '', Name: '', Email: '', EnablePaidHobby: false },
  EvaluationID: '',
  ImageRef: '',
};

const emptyOrganization = {
  ID: '',
  InternalNumericID: '',
  RemoteBuilderImage: '',
  RemoteBuilderApp: null,
  RawSlug: '',
  Type: '',
  PaidPlan: false,
  Billable: false,
  Settings: null,
  AllowedReplaySourceOrgSlugs: null,
  AllowAllCrossNetworkReplays: false,
  WireGuardPeer: null,
  WireGuardPeers: { Nodes: null, Edges: null },
  DelegatedWireGuardTokens: { Nodes: null, Edges: null },
  LoggedCertificates: null,
};

const emptyApp = {
  InternalNumericID: 0,
  State: '',
  AppURL: '',
  Version: 0,
  NetworkID: 0,
  Release: null,
  Secrets: null,
  Releases: { Nodes: null },
  IPAddresses: { Nodes: null },
  EgressIpAddresses: { Nodes: null },
  SharedIPAddress: '',
  CNAMETarget: '',
  IPAddress: null,
  Certificates: { Nodes: null },
  Certificate: {
    ID: '',
    AcmeDNSConfigured: false,
    AcmeALPNConfigured: false,
    Configured: false,
    CertificateAuthority: '',
    CreatedAt: '<time>',
    DNSProvider: '',
    DNSValidationInstructions: '',
    DNSValidationHostname: '',
    DNSValidationTarget: '',
    Hostname: '',
    Source: '',
    ClientStatus: '',
    IsApex: false,
    IsWildcard: false,
    ValidationErrors: null,
    Issued: { Nodes: null },
  },
  PostgresAppRole: null,
  Image: null,
  ImageUpgradeAvailable: false,
  ImageVersionTrackingEnabled: false,
  ImageDetails: { Registry: '', Repository: '', Tag: '', Version: '', Digest: '' },
  LatestImageDetails: { Registry: '', Repository: '', Tag: '', Version: '', Digest: '' },
  Machines: { Nodes: null },
  CurrentLock: null,
};
