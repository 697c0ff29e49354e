import { buildSchema } from 'graphql';

/** A true subset of GitHub's published schema: same types, fields, arguments and nullability. A contract test holds it to that. */
export const sdl = `
  scalar DateTime
  scalar GitObjectID
  scalar URI

  interface Node {
    id: ID!
  }

  type Query {
    node(id: ID!): Node
    repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
    viewer: User!
    rateLimit(dryRun: Boolean = false): RateLimit
  }

  type RateLimit {
    cost: Int!
    limit: Int!
    nodeCount: Int!
    remaining: Int!
    resetAt: DateTime!
    used: Int!
  }

  interface Actor {
    login: String!
  }

  type Bot implements Actor {
    login: String!
  }

  type User implements Actor {
    login: String!
  }

  type Repository {
    id: ID!
    databaseId: Int
    name: String!
    nameWithOwner: String!
    defaultBranchRef: Ref
    deployments(
      after: String
      before: String
      environments: [String!]
      first: Int
      last: Int
      orderBy: DeploymentOrder = {field: CREATED_AT, direction: ASC}
    ): DeploymentConnection!
    object(expression: String, oid: GitObjectID): GitObject
    ref(qualifiedName: String!): Ref
  }

  type Ref {
    id: ID!
    name: String!
    prefix: String!
    target: GitObject
  }

  interface GitObject {
    abbreviatedOid: String!
    id: ID!
    oid: GitObjectID!
  }

  type Commit implements GitObject {
    abbreviatedOid: String!
    id: ID!
    oid: GitObjectID!
    committedDate: DateTime!
    message: String!
  }

  type Blob implements GitObject {
    abbreviatedOid: String!
    id: ID!
    oid: GitObjectID!
    byteSize: Int!
    isBinary: Boolean
    text: String
  }

  input DeploymentOrder {
    direction: OrderDirection!
    field: DeploymentOrderField!
  }

  enum DeploymentOrderField {
    CREATED_AT
  }

  enum OrderDirection {
    ASC
    DESC
  }

  type DeploymentConnection {
    nodes: [Deployment]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  type PageInfo {
    endCursor: String
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
  }

  enum DeploymentState {
    ABANDONED
    ACTIVE
    DESTROYED
    ERROR
    FAILURE
    INACTIVE
    IN_PROGRESS
    PENDING
    QUEUED
    SUCCESS
    WAITING
  }

  type Deployment implements Node {
    commit: Commit
    commitOid: String!
    createdAt: DateTime!
    creator: Actor!
    databaseId: Int
    description: String
    environment: String
    id: ID!
    latestEnvironment: String
    latestStatus: DeploymentStatus
    originalEnvironment: String
    payload: String
    ref: Ref
    repository: Repository!
    state: DeploymentState
    statuses(after: String, before: String, first: Int, last: Int): DeploymentStatusConnection
    task: String
    updatedAt: DateTime!
  }

  type DeploymentStatusConnection {
    nodes: [DeploymentStatus]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  enum DeploymentStatusState {
    ERROR
    FAILURE
    INACTIVE
    IN_PROGRESS
    PENDING
    QUEUED
    SUCCESS
    WAITING
  }

  type DeploymentStatus {
    createdAt: DateTime!
    creator: Actor!
    description: String
    environment: String
    environmentUrl: URI
    id: ID!
    logUrl: URI
    state: DeploymentStatusState!
    updatedAt: DateTime!
  }
`;

export const schema = buildSchema(sdl);
