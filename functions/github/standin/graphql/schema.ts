import { buildSchema } from 'graphql';

/**
 * The part of GitHub's schema that is served, with GitHub's names and nullability
 * (https://docs.github.com/graphql/overview/public-schema). One difference: account ids of the stand-in do not
 * fit GitHub's 32 bit `Int`, so `databaseId` is a number of its own kind.
 */
export const schema = buildSchema(`
  scalar DateTime
  scalar URI
  scalar AccountNumber

  interface Node { id: ID! }

  interface RepositoryOwner {
    id: ID!
    login: String!
    avatarUrl: URI!
    resourcePath: URI!
    url: URI!
  }

  type User implements Node & RepositoryOwner {
    id: ID!
    databaseId: AccountNumber
    login: String!
    name: String
    avatarUrl: URI!
    resourcePath: URI!
    url: URI!
  }

  type Organization implements Node & RepositoryOwner {
    id: ID!
    databaseId: AccountNumber
    login: String!
    name: String
    avatarUrl: URI!
    resourcePath: URI!
    url: URI!
  }

  type Language { name: String! }

  type GistFile {
    name: String
    encodedName: String
    extension: String
    encoding: String
    size: Int
    isImage: Boolean!
    isTruncated: Boolean!
    language: Language
    text(truncate: Int): String
  }

  type Gist implements Node {
    id: ID!
    name: String!
    description: String
    isPublic: Boolean!
    isFork: Boolean!
    owner: RepositoryOwner
    createdAt: DateTime!
    updatedAt: DateTime!
    pushedAt: DateTime
    files(limit: Int = 10): [GistFile]
    stargazerCount: Int!
    resourcePath: URI!
    url: URI!
  }

  type RateLimit {
    cost: Int!
    limit: Int!
    nodeCount: Int!
    remaining: Int!
    resetAt: DateTime!
    used: Int!
  }

  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    rateLimit(dryRun: Boolean = false): RateLimit
    viewer: User!
  }
`);
